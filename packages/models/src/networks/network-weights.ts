import { toFloat32, type FloatWeight, type StateDict, type Weight } from '@rcnn/weights';

/** Options of {@link networkWeights}. */
export interface NetworkWeightsOptions {
  /** What the network's own names stand behind in the model: `backbone.`, say. */
  readonly prefix?: string;
}

/**
 * The weights of an ImageNet classifier under the names that a {@link RegionNetwork} has, for pixels in RGB. Known are
 * torchvision's state dicts of VGG16 and SqueezeNet, Caffe's names (`conv1.weight`, `conv1_1.weight`, `fc6.weight`, with a
 * dot or a slash), and SqueezeNet v1.0 as its authors released it, whose first filters read BGR and are turned round. The
 * classifier's last layer has no place and is left out.
 * @throws Error if the names are none of these
 */
export function networkWeights(source: StateDict, { prefix = '' }: NetworkWeightsOptions = {}): StateDict {
  const named = new Map<string, Weight>();
  const released = source.has('fire2/conv1x1_1/weight');
  for (const [name, weight] of source) {
    const to = networkName(name, released);
    if (to !== undefined) named.set(`${prefix}${to}`, released && name === 'conv1/weight' ? reversedInputs(toFloat32(weight)) : weight);
  }
  if (named.size === 0) {
    throw new Error(`weights: expected a VGG16, SqueezeNet or Caffe classifier, got tensors like "${[...source.keys()][0] ?? 'none at all'}"`);
  }
  return named;
}

function networkName(name: string, released: boolean): string | undefined {
  if (/^features\.\d+\.|^classifier\.[03]\./.test(name)) return name;
  const [, layer, kind] = /^(.*)[./](weight|bias)$/.exec(name) ?? [];
  if (layer === undefined) return undefined;
  if (released) return squeezeNetName(layer, kind);
  if (/^conv[1-5]$|^fc[67]$/.test(layer)) return `${layer}.${kind}`;
  const at = vgg16Layers.indexOf(layer);
  return at < 0 ? undefined : `${vgg16Places[at]}.${kind}`;
}

/** VGG16's layers in Caffe, and where torchvision has them. */
const vgg16Layers = [
  'conv1_1', 'conv1_2', 'conv2_1', 'conv2_2', 'conv3_1', 'conv3_2', 'conv3_3', 'conv4_1', 'conv4_2', 'conv4_3', 'conv5_1', 'conv5_2', 'conv5_3',
];
const vgg16Places = [0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28].map((place) => `features.${place}`);

/** `fire2` stands at place 3 of torchvision's sequence, which counts the pooling layers too. */
const firePlaces = [3, 4, 5, 7, 8, 9, 10, 12];
const fireLayers: Readonly<Record<string, string>> = { conv1x1_1: 'squeeze', conv1x1_2: 'expand1x1', conv3x3_2: 'expand3x3' };

function squeezeNetName(layer: string, kind: string): string | undefined {
  if (layer === 'conv1') return `features.0.${kind}`;
  const [, fire, part] = /^fire(\d)\/(\w+)$/.exec(layer) ?? [];
  return fire === undefined ? undefined : `features.${firePlaces[Number(fire) - 2]}.${fireLayers[part]}.${kind}`;
}

/** An OIHW filter with its input channels in reverse: from BGR to RGB. */
function reversedInputs({ shape, data }: FloatWeight): FloatWeight {
  const [, inputs, height, width] = shape;
  const area = height * width;
  const reversed = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += area) {
    const [output, input] = [Math.floor(at / area / inputs), (at / area) % inputs];
    reversed.set(data.subarray(at, at + area), (output * inputs + inputs - 1 - input) * area);
  }
  return { shape, data: reversed };
}
