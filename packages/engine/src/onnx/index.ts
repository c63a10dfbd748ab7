import { copyRegisteredKernels } from '@tensorflow/tfjs-core';
import { registerConvolutions } from '../wasm/convolution.ts';
import { im2colConvolution } from '../wasm/im2col-convolution.ts';
import { registerMatmul } from '../wasm/matmul.ts';
import type { Multiply } from '../wasm/products.ts';
import { suitsWinograd, winogradConvolution } from '../wasm/winograd-convolution.ts';

/** At 35 thousand million multiplications a second; see {@link suitsWinograd}. */
const COST_OF_MOVING = 60;

/** Registers all of wasm's kernels for the backend `onnx`, those that multiply matrices with `multiply` in them. */
export function registerOnnxKernels(multiply: Multiply): void {
  copyRegisteredKernels('wasm', 'onnx');
  const winograd = winogradConvolution(multiply);
  const im2col = im2colConvolution(multiply);
  registerConvolutions('onnx', (info) => (suitsWinograd(info, COST_OF_MOVING) ? winograd : im2col));
  registerMatmul('onnx', multiply);
}
