import type { StateDict, Weight } from '@rcnn/weights';

/**
 * The weights of an ImageNet classifier under the names that a detector's backbone has. Known are torchvision's own
 * state dicts of ResNet and MobileNet v2 and TensorFlow's MobileNet v2 with batch norm folded in. A state dict that is a
 * detector's already comes back as it is.
 * @throws Error if the names are none of these
 */
export function backboneWeights(source: StateDict): StateDict {
  const names = [...source.keys()];
  if (names.some((name) => name.startsWith('backbone.'))) return source;
  if (names.some((name) => name.startsWith('MobilenetV2/'))) return rename(source, fromTensorflowMobilenetV2);
  if (source.has('features.0.0.weight')) return rename(source, (name) => name.replace(/^features\./, ''));
  if (source.has('conv1.weight') && source.has('layer1.0.conv1.weight')) return rename(source, (name) => name);
  throw new Error(`weights: expected a ResNet or MobileNet v2 classifier or a detector, got tensors like "${names[0] ?? 'none at all'}"`);
}

/** Whether convolutions carry the biases of batch norms folded into them, so that there is no norm to load. */
export function isFolded(source: StateDict): boolean {
  return [...backboneWeights(source).keys()].every((name) => !name.endsWith('running_mean'));
}

function rename(source: StateDict, nameOf: (name: string) => string | undefined): StateDict {
  const renamed = new Map<string, Weight>();
  for (const [name, weight] of source) {
    const to = nameOf(name);
    if (to !== undefined) renamed.set(`backbone.body.${to}`, weight);
  }
  return renamed;
}

/** `MobilenetV2/expanded_conv_3/project/bias` is the bias of block 4's last norm, and so on; the classifier has no place. */
function fromTensorflowMobilenetV2(name: string): string | undefined {
  const parts = /^MobilenetV2\/(Conv|expanded_conv(?:_(\d+))?|Conv_1)(?:\/(expand|depthwise|project))?\/(weight|bias)$/.exec(name);
  if (parts === null) return undefined;
  const [, layer, number, step, kind] = parts;
  // In torchvision a block is `[conv, norm]`, so that the norm, whose bias this is, stands one place on.
  const place = (at: string, conv: number): string => (kind === 'weight' ? `${at}${conv}.weight` : `${at}${conv + 1}.bias`);
  if (layer === 'Conv') return place('0.', 0);
  if (layer === 'Conv_1') return place('18.', 0);
  const block = number === undefined ? 0 : Number(number);
  const steps = block === 0 ? ['depthwise', 'project'] : ['expand', 'depthwise', 'project'];
  const at = `${block + 1}.conv.`;
  const index = steps.indexOf(step);
  return step === 'project' ? place(at, index) : place(`${at}${index}.`, 0);
}
