import type { StateDict } from '@rcnn/weights';
import { detectorWeights } from './names/detector-weights.ts';
import { networkWeights } from './networks/network-weights.ts';

/**
 * Weights that a detector may start from, under its names: one of the papers' classifier networks behind `backbone.`
 * ({@link networkWeights}), or whatever {@link detectorWeights} knows.
 * @throws Error if the names are none of these
 */
export function initialWeights(source: StateDict): StateDict {
  return [...source.keys()].some(isNetworks) ? networkWeights(source, { prefix: 'backbone.' }) : detectorWeights(source);
}

/** A name that a network of the papers has, and no ResNet, MobileNet or detector. */
function isNetworks(name: string): boolean {
  return /^fire\d|^conv\d(_\d)?[./](weight|bias)$|^fc[67][./]|^features\.\d+\.(weight|bias)$|^features\.\d+\.squeeze/.test(name) && name !== 'conv1.weight';
}
