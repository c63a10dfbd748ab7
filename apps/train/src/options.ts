import { InvalidArgumentError, Option } from 'commander';

/** Reads the value of an option as a whole number of at least `least`; for commander's `option(flags, description, parse)`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`Expected a whole number of at least ${least}.`);
    }
    return value;
  };
}

/** Reads a number from 0 to 1. */
export function fractionOption(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('Expected a number from 0 to 1.');
  return value;
}

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, values: readonly string[]): string[] {
  return [...values, value];
}

/** Description of `--engine`, which every command that computes with tensors takes. */
export const engineOption = ['tfjs-node-gpu, tfjs-node, onnx, wasm, cpu or webgpu (default: RCNN_ENGINE, else the best that starts but webgpu)'] as const;

/** Description of `--augment`, of the commands that detect. */
export const augmentOption = ['look at the mirrored image too, and at these shorter sides, such as 200,240,288, and join what is found'] as const;

/** `--classifier`, of the commands that detect. */
export function classifierOption(): Option {
  return new Option('--classifier <name>', "of a Fast R-CNN: its softmax, or the SVMs on its features (default: the run's own)").choices(['softmax', 'svm']);
}
