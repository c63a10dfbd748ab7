import { bgrToRgb, toFloat32, type StateDict, type Weight } from '@rcnn/weights';

/** Options of {@link networkWeights}. */
export interface NetworkWeightsOptions {
  /** What the network's own names stand behind in the model: `backbone.`, say. */
  readonly prefix?: string;
}

/**
 * The weights of an ImageNet classifier under the names that a {@link RegionNetwork} has, for pixels in RGB. Known are
 * torchvision's state dicts of VGG16 and SqueezeNet, those of a `.caffemodel` under Caffe's names (`conv1.weight`,
 * `conv1_1.weight`, `fc6.weight`, with a dot or a slash), and SqueezeNet v1.0 as its authors released it. The first filters of
 * the latter two read BGR and are turned round. The classifier's last layer has no place and is left out.
 * @throws Error if the names are none of these
 */
export function networkWeights(source: StateDict, { prefix = '' }: NetworkWeightsOptions = {}): StateDict {
  const named = new Map<string, Weight>();
  const family = familyOf(source);
  for (const [name, weight] of source) {
    const to = networkName(name, family);
    if (to === undefined) continue;
    const readsBgr = /^conv1(_1)?[./]weight$/.test(name) && weight.shape.length === 4;
    named.set(`${prefix}${to}`, readsBgr ? bgrToRgb(toFloat32(weight)) : weight);
  }
  if (named.size === 0) {
    throw new Error(`weights: expected a VGG16, SqueezeNet or Caffe classifier, got tensors like "${[...source.keys()][0] ?? 'none at all'}"`);
  }
  return named;
}

/** Whose names a classifier has, as far as they say the same of different layers. */
type Family = 'squeezenet' | 'vgg16' | 'others';

function familyOf(source: StateDict): Family {
  if (source.has('fire2/conv1x1_1/weight')) return 'squeezenet';
  return [...source.keys()].some((name) => /^conv1_1[./]/.test(name)) ? 'vgg16' : 'others';
}

function networkName(name: string, family: Family): string | undefined {
  if (/^features\.\d+\.|^classifier\.[03]\./.test(name)) return name;
  const [, layer, kind] = /^(.*)[./](weight|bias)$/.exec(name) ?? [];
  if (layer === undefined) return undefined;
  if (family === 'squeezenet') return squeezeNetName(layer, kind);
  if (family === 'others') return /^conv[1-5]$|^fc[67]$/.test(layer) ? `${layer}.${kind}` : undefined;
  const at = vgg16Layers.indexOf(layer);
  return at < 0 ? undefined : `${vgg16Places[at]}.${kind}`;
}

/** VGG16's layers in Caffe, and where torchvision has them. */
const vgg16Layers = [
  'conv1_1', 'conv1_2', 'conv2_1', 'conv2_2', 'conv3_1', 'conv3_2', 'conv3_3', 'conv4_1', 'conv4_2', 'conv4_3', 'conv5_1', 'conv5_2', 'conv5_3',
  'fc6', 'fc7',
];
const vgg16Places = [...[0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28].map((place) => `features.${place}`), 'classifier.0', 'classifier.3'];

/** `fire2` stands at place 3 of torchvision's sequence, which counts the pooling layers too. */
const firePlaces = [3, 4, 5, 7, 8, 9, 10, 12];
const fireLayers: Readonly<Record<string, string>> = { conv1x1_1: 'squeeze', conv1x1_2: 'expand1x1', conv3x3_2: 'expand3x3' };

function squeezeNetName(layer: string, kind: string): string | undefined {
  if (layer === 'conv1') return `features.0.${kind}`;
  const [, fire, part] = /^fire(\d)\/(\w+)$/.exec(layer) ?? [];
  return fire === undefined ? undefined : `features.${firePlaces[Number(fire) - 2]}.${fireLayers[part]}.${kind}`;
}
