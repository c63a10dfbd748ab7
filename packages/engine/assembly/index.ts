// The kernels that tfjs's wasm backend lacks or runs slowly. They work on its memory, which they import: a tensor is
// an address, and nothing is copied. No state, no allocation: what a kernel needs beside its arguments is the
// workspace that the caller passes.
export { matmul, matmulBytes, matmulTransposedA, matmulTransposedABytes } from './matmul';
export {
  conv2d, conv2dBackpropFilter, conv2dBackpropFilterBytes, conv2dBackpropInput, conv2dBackpropInputBytes, conv2dBytes,
} from './conv2d';
export { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwise-conv2d';
export { clampGradient } from './clamp-gradient';
export { columnSums } from './column-sums';
export { groupNorm, groupNormBytes, groupNormGradient } from './group-norm';
export { winogradBytes, winogradInput, winogradOutput, winogradOutputAdjoint } from './winograd';
export { winogradFilter, winogradFilterAdjoint, winogradFilterBytes } from './winograd-filter';
export { col2im, im2col } from './im2col';
export { biasClamp } from './bias-clamp';
export { roiAlign, roiAlignBytes, roiAlignGradient } from './roi-align';
export { roiPool, roiPoolBytes, roiPoolGradient } from './roi-pool';
export { sgdStep } from './sgd-step';
export { maxPoolGradient, maxPoolGradientBytes } from './max-pool-gradient';
