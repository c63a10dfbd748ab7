import { registerClampGradient } from './clamp-gradient.ts';
import { registerConvolutions } from './convolution.ts';
import { registerDepthwiseGradients } from './depthwise-gradients.ts';
import { directConvolution } from './direct-convolution.ts';
import { registerGroupNorm } from './group-norm.ts';
import { registerIdentity } from './identity.ts';
import { registerMatmul } from './matmul.ts';
import { registerMaxPoolGradient } from './max-pool-gradient.ts';
import { registerMean } from './mean.ts';
import { multiplyInWasm } from './products.ts';
import { registerRoiKernels } from './roi-kernels.ts';
import { registerSgdStep } from './sgd-step.ts';
import { registerSplit } from './split.ts';
import { registerSum } from './sum.ts';
import { suitsWinograd, winogradConvolution } from './winograd-convolution.ts';

/** At 11 thousand million multiplications a second; see {@link suitsWinograd}. */
const COST_OF_MOVING = 20;

let registered = false;

/** Registers the kernels that tfjs's wasm backend lacks for training, or runs slowly. Once a process. */
export function registerWasmKernels(): void {
  if (registered) return;
  registered = true;
  const winograd = winogradConvolution(multiplyInWasm);
  registerConvolutions('wasm', (info) => (suitsWinograd(info, COST_OF_MOVING) ? winograd : directConvolution));
  registerMatmul('wasm', multiplyInWasm);
  registerClampGradient();
  registerDepthwiseGradients();
  registerGroupNorm();
  registerRoiKernels();
  registerIdentity();
  registerMaxPoolGradient();
  registerMean();
  registerSgdStep();
  registerSplit();
  registerSum();
}
