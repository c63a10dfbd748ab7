import * as tf from '@tensorflow/tfjs-core';
import { kaimingNormal, normalizedConvolution, type Layer, type Parameters, type Pass } from '@rcnn/nn';
import type { Backbone } from './backbone.ts';
import type { BackboneConfig } from './config.ts';

/** Options of {@link resnet}. */
export interface ResnetOptions extends BackboneConfig {
  readonly block: 'basic' | 'bottleneck';
  /** Blocks in each of the four stages. */
  readonly depths: readonly [number, number, number, number];
  /** ResNeXt (Xie et al. 2017): groups of the 3×3 convolutions, and channels of a group in the first stage. */
  readonly groups?: number;
  readonly groupWidth?: number;
}

/** Without normalisation a residual branch starts small, or its sum would double the variance at every block. */
const branchGain = Math.sqrt(0.1);

/**
 * ResNet (He et al. 2015, table 1) with the stride of a bottleneck in its 3×3 convolution, as torchvision has it.
 * With groups it is ResNeXt. Parameters `conv1`, `bn1`, `layer1.0.conv1`, ….
 */
export function resnet(parameters: Parameters, { block, depths, groups = 1, groupWidth = 64, norm, epsilon, width, padding, levels: [first, last], bottleneckStride = '3x3' }: ResnetOptions): Backbone {
  const pad = (kernel: number): 'same' | number => (padding === 'tensorflow' ? 'same' : (kernel - 1) / 2);
  const stem = Math.round(64 * width);
  const expansion = block === 'basic' ? 1 : 4;
  const normalized = (at: Parameters, conv: string, bn: string, options: ConvOptions): Layer =>
    normalizedConvolution(at.at(conv), at.at(bn), { norm, epsilon, padding: pad(options.kernel), ...options });
  const conv1 = normalized(parameters, 'conv1', 'bn1', { inChannels: 3, outChannels: stem, kernel: 7, stride: 2, activation: 'relu' });

  const residual = (at: Parameters, inChannels: number, planes: number, stride: number): Layer => {
    const outChannels = planes * expansion;
    const middle = Math.floor((planes * groupWidth) / 64) * groups;
    const lastOfBranch = norm === 'folded' ? { initializer: kaimingNormal({ gain: branchGain }) } : {};
    const branch: Layer[] = block === 'basic'
      ? [
          normalized(at, 'conv1', 'bn1', { inChannels, outChannels: middle, kernel: 3, stride, activation: 'relu' }),
          normalized(at, 'conv2', 'bn2', { inChannels: middle, outChannels, kernel: 3, ...lastOfBranch }),
        ]
      : [
          normalized(at, 'conv1', 'bn1', { inChannels, outChannels: middle, kernel: 1, stride: bottleneckStride === '1x1' ? stride : 1, activation: 'relu' }),
          normalized(at, 'conv2', 'bn2', { inChannels: middle, outChannels: middle, groups, kernel: 3, stride: bottleneckStride === '3x3' ? stride : 1, activation: 'relu' }),
          normalized(at, 'conv3', 'bn3', { inChannels: middle, outChannels, kernel: 1, ...lastOfBranch }),
        ];
    const shortcut = stride === 1 && inChannels === outChannels
      ? undefined
      : normalized(at.at('downsample'), '0', '1', { inChannels, outChannels, kernel: 1, stride });
    return (x, pass) =>
      tf.tidy(() => {
        const bypass = shortcut === undefined ? x : shortcut(x, pass);
        return tf.relu(tf.add<tf.Tensor4D>(bypass, branch.reduce((y, layer) => layer(y, pass), x)));
      });
  };

  // After a ReLU zeros around the map are as good as −∞, and libtensorflow pools with no padding of one's own.
  const pool = (map: tf.Tensor4D): tf.Tensor4D =>
    padding === 'tensorflow' ? tf.maxPool(map, 3, 2, 'same') : tf.maxPool(tf.pad(map, [[0, 0], [1, 1], [1, 1], [0, 0]]), 3, 2, 'valid');

  let channels = stem;
  const stages = depths.map((depth, stage) => {
    const planes = stem * 2 ** stage;
    return Array.from({ length: depth }, (_, i) => {
      const layer = residual(parameters.at(`layer${stage + 1}`).at(String(i)), channels, planes, i === 0 && stage > 0 ? 2 : 1);
      channels = planes * expansion;
      return layer;
    });
  });
  const used = stages.slice(0, last - 1);
  const run = (stage: readonly Layer[], x: tf.Tensor4D, pass: Pass): tf.Tensor4D => stage.reduce((y, layer) => layer(y, pass), x);
  return {
    nextStage: last < 5 ? { channels: stem * 2 ** (last - 1) * expansion, forward: (x, pass) => tf.tidy(() => run(stages[last - 1], x, pass)) } : undefined,
    channels: used.map((_, stage) => stem * 2 ** stage * expansion).slice(first - 2),
    forward: (pixels, pass) =>
      tf.tidy(() => {
        let x = pool(conv1(pixels, pass));
        return used
          .map((stage) => (x = run(stage, x, pass)))
          .slice(first - 2);
      }),
  };
}

interface ConvOptions {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly groups?: number;
  readonly activation?: 'relu';
  readonly initializer?: ReturnType<typeof kaimingNormal>;
}
