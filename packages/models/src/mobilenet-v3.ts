import * as tf from '@tensorflow/tfjs-core';
import { hardSwish, kaimingNormal, normalizedConvolution, type Layer, type NormalizedConvolutionOptions, type Parameters } from '@rcnn/nn';
import type { Backbone } from './backbone.ts';
import type { BackboneConfig } from './config.ts';
import { roundChannels } from './round-channels.ts';
import { squeezeExcitation } from './squeeze-excitation.ts';

/** Kernel, expanded channels, channels, squeeze-and-excite, activation and stride of each block (Howard et al. 2019, table 1). */
const blocks = [
  [3, 16, 16, false, 'relu', 1],
  [3, 64, 24, false, 'relu', 2], [3, 72, 24, false, 'relu', 1],
  [5, 72, 40, true, 'relu', 2], [5, 120, 40, true, 'relu', 1], [5, 120, 40, true, 'relu', 1],
  [3, 240, 80, false, 'hard-swish', 2], [3, 200, 80, false, 'hard-swish', 1], [3, 184, 80, false, 'hard-swish', 1], [3, 184, 80, false, 'hard-swish', 1],
  [3, 480, 112, true, 'hard-swish', 1], [3, 672, 112, true, 'hard-swish', 1],
  [5, 672, 160, true, 'hard-swish', 2], [5, 960, 160, true, 'hard-swish', 1], [5, 960, 160, true, 'hard-swish', 1],
] as const;

/**
 * MobileNet v3 large (Howard et al. 2019, table 1). The maps are those that torchvision's detectors take: the output of
 * the block that has the level's stride, the first of its extent; as level 6 that of the last 1×1 convolution, at the
 * stride of level 5. Parameters as in torchvision's `features`: `0.0`, `0.1`, `1.block.0.0`, ….
 */
export function mobilenetV3Large(parameters: Parameters, { norm, epsilon, width, padding, levels: [first, last] }: BackboneConfig): Backbone {
  const pad = (kernel: number): 'same' | number => (padding === 'tensorflow' ? 'same' : (kernel - 1) / 2);
  const common = { norm, epsilon, pad };
  const stem = roundChannels(16 * width);
  const layers: Layer[] = [normalized(parameters.at('0'), common, { inChannels: 3, outChannels: stem, kernel: 3, stride: 2 }, 'hard-swish')];
  const taps = new Map<number, number>(); // by layer, its channels
  let channels = stem;
  let level = 1;
  for (const [kernel, expanded, outputs, squeeze, activation, stride] of blocks) {
    if (stride === 2 && level === last) break;
    const outChannels = roundChannels(outputs * width);
    const at = parameters.at(String(layers.length)).at('block');
    if (stride === 2 && ++level >= first) taps.set(layers.length, outChannels);
    layers.push(invertedResidual(at, common, { inChannels: channels, expanded: roundChannels(expanded * width), outChannels, kernel, squeeze, activation, stride }));
    channels = outChannels;
    if (level === last) break;
  }
  if (last === 6) {
    taps.set(layers.length, 6 * channels);
    layers.push(normalized(parameters.at(String(layers.length)), common, { inChannels: channels, outChannels: 6 * channels, kernel: 1 }, 'hard-swish'));
  }
  return {
    channels: [...taps.values()],
    forward: (pixels, pass) =>
      tf.tidy(() => {
        const maps: tf.Tensor4D[] = [];
        let x = pixels;
        layers.forEach((layer, i) => {
          x = layer(x, pass);
          if (taps.has(i)) maps.push(x);
        });
        return maps;
      }),
  };
}

interface Common {
  readonly norm: BackboneConfig['norm'];
  readonly epsilon: number;
  readonly pad: (kernel: number) => 'same' | number;
}

type Act = (typeof blocks)[number][4] | 'linear';
type ConvOptions = Pick<NormalizedConvolutionOptions, 'inChannels' | 'outChannels' | 'stride' | 'initializer'> & { readonly kernel: number };

/** Convolution, norm and activation at `0` and `1` of a place. */
function normalized(at: Parameters, { norm, epsilon, pad }: Common, options: ConvOptions, activation: Act): Layer {
  const fused = activation === 'relu' ? 'relu' : 'linear';
  const layer = normalizedConvolution(at.at('0'), at.at('1'), { norm, epsilon, padding: pad(options.kernel), activation: fused, ...options });
  return activation === 'hard-swish' ? (x, pass) => tf.tidy(() => hardSwish(layer(x, pass))) : layer;
}

interface BlockOptions {
  readonly inChannels: number;
  readonly expanded: number;
  readonly outChannels: number;
  readonly kernel: number;
  readonly squeeze: boolean;
  readonly activation: Act;
  readonly stride: number;
}

/** Expand by 1×1, filter depth by depth, squeeze and excite, project by 1×1; the input is added where extents agree (fig. 4). */
function invertedResidual(at: Parameters, common: Common, { inChannels, expanded, outChannels, kernel, squeeze, activation, stride }: BlockOptions): Layer {
  const branch: Layer[] = [];
  const place = (): Parameters => at.at(String(branch.length));
  if (expanded !== inChannels) branch.push(normalized(place(), common, { inChannels, outChannels: expanded, kernel: 1 }, activation));
  branch.push(normalized(place(), common, { inChannels: 'depthwise', outChannels: expanded, kernel, stride }, activation));
  if (squeeze) branch.push(squeezeExcitation(place(), { channels: expanded, squeezed: roundChannels(Math.floor(expanded / 4)) }));
  const adds = stride === 1 && inChannels === outChannels;
  // As in a residual network without normalisation: the branch that is added starts small.
  const initializer = kaimingNormal({ gain: common.norm === 'folded' && adds ? Math.sqrt(0.1) : Math.SQRT1_2 });
  branch.push(normalized(place(), common, { inChannels: expanded, outChannels, kernel: 1, initializer }, 'linear'));
  return (x, pass) =>
    tf.tidy(() => {
      const y = branch.reduce((map, layer) => layer(map, pass), x);
      return adds ? tf.add(x, y) : y;
    });
}
