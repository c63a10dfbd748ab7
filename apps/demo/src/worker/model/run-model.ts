import { parseRunConfig } from '@rcnn/cli/browser';
import { createRng } from '@rcnn/geometry';
import { createDetector, loadStateDict } from '@rcnn/models';
import { readSafetensors, type StateDict } from '@rcnn/weights';
import { parse } from 'yaml';
import type { ModelSource } from './current-model.ts';

/** A file of the user's: its name, for messages, and what is in it. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The model of a run directory: its `model.safetensors`, or a checkpoint, and its `config.yaml`.
 * @throws Error in one line with the file's name, if one is damaged, or they do not belong together
 */
export function runModel(name: string, weights: NamedBytes, config: NamedBytes): ModelSource {
  const { model, proposals } = parseRunConfig(parseYaml(config), config.name);
  const tensors = tensorsOf(weights);
  return () => {
    const detector = createDetector(model, createRng(0));
    try {
      const { missing } = loadStateDict(detector.parameters, tensors);
      if (missing.length > 0) throw new Error(`expected the parameter "${missing[0]}" of ${config.name} and ${missing.length - 1} more, found them missing`);
    } catch (error) {
      detector.dispose();
      throw new Error(`${weights.name}: ${(error as Error).message}`, { cause: error });
    }
    return { name, detector, config: model, weights: tensors, classes: model.classes, search: proposals };
  };
}

function parseYaml({ name, bytes }: NamedBytes): unknown {
  try {
    return parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : 'not YAML'}`, { cause: error });
  }
}

function tensorsOf({ name, bytes }: NamedBytes): StateDict {
  try {
    return readSafetensors(bytes).tensors;
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
}
