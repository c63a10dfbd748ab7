import { backboneNames, isFolded, type BackboneName, type FasterRcnnConfig } from '@rcnn/models';
import { readWeights } from '../read-weights.ts';

/** The backbone that `--backbone NAME-fpn` means. @throws Error if there is none */
export function backboneName(name: string): BackboneName {
  const found = backboneNames.find((known) => known === name.replace(/-fpn$/, ''));
  if (found === undefined) {
    throw new Error(`option '--backbone': expected one of ${backboneNames.map((known) => `${known}-fpn`).join(', ')}, got ${name}`);
  }
  return found;
}

/** What the weights to start from were trained with; a model without any has no statistics to normalise by. */
export function settingsFor(weights: string | undefined): { backbone: Partial<FasterRcnnConfig['backbone']>; image?: Partial<FasterRcnnConfig['image']> } {
  if (weights === undefined) return { backbone: { norm: 'folded' } };
  // PyTorch's come with batch norm, to be frozen, and see ImageNet's mean and deviation.
  if (!isFolded(readWeights(weights, 'faster-rcnn'))) return { backbone: { norm: 'frozen' } };
  // Folded ones are TensorFlow's, with its padding and pixels in [−1, 1].
  return { backbone: { norm: 'folded', padding: 'tensorflow' }, image: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } };
}
