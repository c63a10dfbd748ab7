import { backboneNames, hasDetectron2Names, hasOldTorchvisionNames, isFolded, type BackboneName, type FasterRcnnConfig } from '@rcnn/models';
import { namedWeights } from '../named-weights.ts';
import { readWeightsFile } from '../read-weights.ts';

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
  const { tensors } = readWeightsFile(weights);
  // PyTorch's come with batch norm, to be frozen, and see ImageNet's mean and deviation.
  if (!isFolded(namedWeights(tensors, 'faster-rcnn', weights))) {
    if (hasDetectron2Names(tensors)) return { backbone: { norm: 'frozen' }, image: detectron2Image };
    // A ResNet of torchvision's first released detectors was computed without ε.
    const released = hasOldTorchvisionNames(tensors) && tensors.has('backbone.body.conv1.weight');
    return { backbone: { norm: 'frozen', ...(released ? { epsilon: 0 } : {}) } };
  }
  // Folded ones are TensorFlow's, with its padding and pixels in [−1, 1].
  return { backbone: { norm: 'folded', padding: 'tensorflow' }, image: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } };
}

/** Bytes less their mean, not divided by any deviation. */
const detectron2Image: Partial<FasterRcnnConfig['image']> = {
  mean: [123.675 / 255, 116.28 / 255, 103.53 / 255],
  std: [1 / 255, 1 / 255, 1 / 255],
};
