import { registerClampGradient } from './clamp-gradient.ts';
import { registerConv2d } from './conv2d.ts';
import { registerConv2dGradients } from './conv2d-gradients.ts';
import { registerDepthwiseGradients } from './depthwise-gradients.ts';
import { registerGroupNorm } from './group-norm.ts';
import { registerMatmul } from './matmul.ts';
import { registerSum } from './sum.ts';

let registered = false;

/** Registers the kernels that tfjs's wasm backend lacks for training, or runs slowly. Once a process. */
export function registerWasmKernels(): void {
  if (registered) return;
  registered = true;
  registerClampGradient();
  registerConv2d();
  registerConv2dGradients();
  registerDepthwiseGradients();
  registerGroupNorm();
  registerMatmul();
  registerSum();
}
