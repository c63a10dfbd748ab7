import * as tf from '@tensorflow/tfjs-core';
import { kaimingNormal, normalizedConvolution, type Layer, type Parameters } from '@rcnn/nn';
import type { Backbone } from './backbone.ts';
import type { BackboneConfig } from './config.ts';
import { roundChannels } from './round-channels.ts';

/** Expansion, channels, blocks and stride of each group (Sandler et al. 2018, table 2). */
const groups = [
  [1, 16, 1, 1], [6, 24, 2, 2], [6, 32, 3, 2], [6, 64, 4, 2], [6, 96, 3, 1], [6, 160, 3, 2], [6, 320, 1, 1],
] as const;

/**
 * MobileNet v2 (Sandler et al. 2018) up to its last bottleneck; the 1×1 convolution to 1280 channels, which serves
 * classification, is left out. Parameters as in torchvision's `features`: `0.0`, `0.1`, `1.conv.0.0`, ….
 */
export function mobilenetV2(parameters: Parameters, { norm, epsilon, width, padding, levels: [first, last] }: BackboneConfig): Backbone {
  const pad = (kernel: number): 'same' | number => (padding === 'tensorflow' ? 'same' : (kernel - 1) / 2);
  const layers: { readonly layer: Layer; readonly channels: number; readonly level: number }[] = [];
  let channels = roundChannels(32 * width);
  const stem = parameters.at('0');
  layers.push({
    layer: normalizedConvolution(stem.at('0'), stem.at('1'), { norm, epsilon, inChannels: 3, outChannels: channels, kernel: 3, stride: 2, padding: pad(3), activation: 'relu6' }),
    channels,
    level: 1,
  });
  let level = 1;
  for (const [expansion, outputs, blocks, firstStride] of groups) {
    for (let i = 0; i < blocks; i++) {
      const stride = i === 0 ? firstStride : 1;
      if (stride === 2) level++;
      if (level > last) break;
      const outChannels = roundChannels(outputs * width);
      const at = parameters.at(String(layers.length)).at('conv');
      layers.push({ layer: invertedResidual(at, { norm, epsilon, pad, inChannels: channels, outChannels, expansion, stride }), channels: outChannels, level });
      channels = outChannels;
    }
  }
  // The last layer of each level is the one that the next stride follows.
  const taps = layers.map((_, i) => i).filter((i) => layers[i].level >= first && layers[i].level !== layers[i + 1]?.level);
  return {
    channels: taps.map((i) => layers[i].channels),
    forward: (pixels, pass) =>
      tf.tidy(() => {
        const maps: tf.Tensor4D[] = [];
        let x = pixels;
        layers.forEach(({ layer }, i) => {
          x = layer(x, pass);
          if (taps.includes(i)) maps.push(x);
        });
        return maps;
      }),
  };
}

interface BlockOptions {
  readonly norm: BackboneConfig['norm'];
  readonly epsilon: number;
  readonly pad: (kernel: number) => 'same' | number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly expansion: number;
  readonly stride: number;
}

/** Expand by 1×1, filter depth by depth, project by 1×1 without activation; the input is added where extents agree. */
function invertedResidual(at: Parameters, { norm, epsilon, pad, inChannels, outChannels, expansion, stride }: BlockOptions): Layer {
  const hidden = inChannels * expansion;
  const branch: Layer[] = [];
  const place = (): Parameters => at.at(String(branch.length));
  if (expansion !== 1) {
    branch.push(normalizedConvolution(place().at('0'), place().at('1'), { norm, epsilon, inChannels, outChannels: hidden, kernel: 1, activation: 'relu6' }));
  }
  branch.push(normalizedConvolution(place().at('0'), place().at('1'), { norm, epsilon, inChannels: 'depthwise', outChannels: hidden, kernel: 3, stride, padding: pad(3), activation: 'relu6' }));
  const adds = stride === 1 && inChannels === outChannels;
  // As in a residual network without normalisation: the branch that is added starts small.
  const initializer = kaimingNormal({ gain: norm === 'folded' && adds ? Math.sqrt(0.1) : Math.SQRT1_2 });
  branch.push(normalizedConvolution(place(), at.at(String(branch.length + 1)), { norm, epsilon, inChannels: hidden, outChannels, kernel: 1, initializer }));
  return (x, pass) =>
    tf.tidy(() => {
      const y = branch.reduce((map, layer) => layer(map, pass), x);
      return adds ? tf.add(x, y) : y;
    });
}
