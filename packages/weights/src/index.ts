export { hwioToOihw, oihwToHwio } from './convolution-layout.ts';
export { depthwiseToHwcm, hwcmToDepthwise } from './depthwise-layout.ts';
export { chwLinearToHwc, hwcLinearToChw, type FlattenedOptions } from './flattened-layout.ts';
export { ioToOi, oiToIo } from './linear-layout.ts';
export { readSafetensors, type Safetensors } from './read-safetensors.ts';
export { sizeOf, toFloat32, type FloatWeight, type StateDict, type Weight, type WeightData } from './weight.ts';
export { writeSafetensors } from './write-safetensors.ts';
