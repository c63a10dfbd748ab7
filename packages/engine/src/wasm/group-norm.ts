import type { TensorInfo } from '@tensorflow/tfjs-core';
import { registerKernel } from './register.ts';

/** Attributes of both kernels. */
interface GroupNormAttributes {
  readonly groups: number;
  readonly epsilon: number;
  readonly low: number;
  readonly high: number;
}

/**
 * GroupNorm, {x, weight, bias} to [y, statistics], and GroupNormGrad, {dz, x, weight, statistics} to [dx, dweight,
 * dbias], which @rcnn/nn asks for where the channels are a multiple of 4.
 */
export function registerGroupNorm(): void {
  registerKernel<{ x: TensorInfo; weight: TensorInfo; bias: TensorInfo }, GroupNormAttributes>(
    'wasm', 'GroupNorm',
    ({ inputs: { x, weight, bias }, attributes: { groups, epsilon, low, high }, heap: { addressOf, output, workspace, kernels } }) => {
      const [images, height, width, channels] = x.shape;
      const y = output(x.shape);
      const statistics = output([images, groups, 2]);
      kernels.groupNorm(
        addressOf(x), images, height * width, channels, groups, addressOf(weight), addressOf(bias), epsilon, low, high,
        y.address, statistics.address, workspace(kernels.groupNormBytes(channels)),
      );
      return [y.info, statistics.info];
    },
  );
  registerKernel<{ dz: TensorInfo; x: TensorInfo; weight: TensorInfo; statistics: TensorInfo }, GroupNormAttributes>(
    'wasm', 'GroupNormGrad',
    ({ inputs: { dz, x, weight, statistics }, attributes: { groups }, heap: { addressOf, output, workspace, kernels } }) => {
      const [images, height, width, channels] = x.shape;
      const [dx, dweight, dbias] = [output(x.shape), output([channels]), output([channels])];
      kernels.groupNormGradient(
        addressOf(dz), addressOf(x), images, height * width, channels, groups, addressOf(weight), addressOf(statistics),
        dx.address, dweight.address, dbias.address, workspace(kernels.groupNormBytes(channels)),
      );
      return [dx.info, dweight.info, dbias.info];
    },
  );
}
