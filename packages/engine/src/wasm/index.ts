import { registerClampGradient } from './clamp-gradient.ts';
import { registerConvolutions } from './convolution.ts';
import { registerDepthwiseGradients } from './depthwise-gradients.ts';
import { directConvolution } from './direct-convolution.ts';
import { registerGroupNorm } from './group-norm.ts';
import { registerMatmul } from './matmul.ts';
import { multiplyInWasm } from './products.ts';
import { registerRoiKernels } from './roi-kernels.ts';
import { registerSum } from './sum.ts';
import { suitsWinograd, winogradConvolution } from './winograd-convolution.ts';

let registered = false;

/** Registers the kernels that tfjs's wasm backend lacks for training, or runs slowly. Once a process. */
export function registerWasmKernels(): void {
  if (registered) return;
  registered = true;
  const winograd = winogradConvolution(multiplyInWasm);
  registerConvolutions('wasm', (info) => (suitsWinograd(info) ? winograd : directConvolution));
  registerMatmul('wasm', multiplyInWasm);
  registerClampGradient();
  registerDepthwiseGradients();
  registerGroupNorm();
  registerRoiKernels();
  registerSum();
}
