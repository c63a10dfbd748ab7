import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerKernel } from './register.ts';

interface Attributes {
  readonly scale: number;
  readonly weightDecay: number;
  readonly momentum: number;
  readonly learningRate: number;
}

/** SgdStep, which @rcnn/nn asks for: {variable, velocity, gradient} to [velocity, variable] after the step, in one pass. */
export function registerSgdStep(): void {
  registerKernel<{ variable: TensorInfo; velocity: TensorInfo; gradient: TensorInfo }, Attributes>(
    'wasm', 'SgdStep',
    ({ inputs: { variable, velocity, gradient }, attributes: { scale, weightDecay, momentum, learningRate }, heap }) => {
      const { addressOf, output, kernels } = heap;
      const [newVelocity, newVariable] = [output(variable.shape), output(variable.shape)];
      kernels.sgdStep(
        addressOf(variable), addressOf(velocity), addressOf(gradient), util.sizeFromShape(variable.shape),
        scale, weightDecay, momentum, learningRate, newVelocity.address, newVariable.address,
      );
      return [newVelocity.info, newVariable.info];
    },
  );
}
