import { kernelsBase64 } from '../kernels.generated.ts';

/** What `assembly/index.ts` exports: addresses are byte offsets into tfjs's wasm memory, flags are 0 or 1. */
export interface Kernels {
  readonly matmulBytes: (n: number, k: number) => number;
  readonly matmul: (
    a: number, b: number, bias: number, c: number, m: number, n: number, k: number, transposeB: number,
    low: number, high: number, work: number,
  ) => void;
  readonly matmulTransposedABytes: (m: number, n: number) => number;
  readonly matmulTransposedA: (a: number, b: number, c: number, m: number, n: number, k: number, work: number) => void;
  readonly conv2dBytes: (kh: number, kw: number, ci: number, co: number) => number;
  /** x, …extent of the convolution with the filter's address in it (see `conv2d.ts`), bias, low, high, y, workspace. */
  readonly conv2d: (...numbers: number[]) => void;
  readonly conv2dBackpropInputBytes: (kh: number, kw: number, ci: number, co: number) => number;
  readonly conv2dBackpropInput: (...numbers: number[]) => void;
  readonly conv2dBackpropFilterBytes: (kh: number, kw: number, ci: number, co: number) => number;
  readonly conv2dBackpropFilter: (...numbers: number[]) => void;
  readonly depthwiseBackpropInput: (...numbers: number[]) => void;
  readonly depthwiseBackpropFilter: (...numbers: number[]) => void;
  readonly clampGradient: (dy: number, y: number, count: number, low: number, high: number, dx: number) => void;
  readonly groupNormBytes: (channels: number) => number;
  /** x, images, pixels, channels, groups, weight, bias, epsilon, low, high, y, statistics, workspace. */
  readonly groupNorm: (...numbers: number[]) => void;
  /** dz, x, images, pixels, channels, groups, weight, statistics, dx, dweight, dbias, workspace. */
  readonly groupNormGradient: (...numbers: number[]) => void;
  readonly winogradBytes: (channels: number) => number;
  /** x, h, w, c, top, left, tilesY, tilesX, first, count, v, workspace. */
  readonly winogradInput: (...numbers: number[]) => void;
  /** m, c, oh, ow, tilesY, tilesX, first, count, bias, low, high, y, workspace. */
  readonly winogradOutput: (...numbers: number[]) => void;
  /** dy, oh, ow, c, tilesY, tilesX, first, count, dm, workspace. */
  readonly winogradOutputAdjoint: (...numbers: number[]) => void;
  readonly winogradFilterBytes: () => number;
  readonly winogradFilter: (filter: number, pairs: number, flip: number, u: number, work: number) => void;
  readonly winogradFilterAdjoint: (du: number, pairs: number, add: number, dfilter: number, work: number) => void;
  /** x, h, w, ci, kh, kw, geometry, first row, rows, matrix. */
  readonly im2col: (...numbers: number[]) => void;
  /** matrix, h, w, ci, kh, kw, geometry, first row, rows, dx. */
  readonly col2im: (...numbers: number[]) => void;
  readonly biasClamp: (y: number, rows: number, columns: number, bias: number, low: number, high: number) => void;
  readonly roiAlignBytes: (bins: number, extent: number, room: number, terms: number) => number;
  /** features, h, w, c, boxes, images, count, height, width, scale, ratio, aligned, room, out, workspace. */
  readonly roiAlign: (...numbers: number[]) => void;
  /** dy, then the same numbers, dfeatures, workspace. */
  readonly roiAlignGradient: (...numbers: number[]) => void;
  readonly roiPoolBytes: (bins: number) => number;
  /** features, h, w, c, boxes, images, count, height, width, scale, out, argmax, workspace. */
  readonly roiPool: (...numbers: number[]) => void;
  /** dy, argmax, h, w, c, images, count, bins a box, dfeatures. */
  readonly roiPoolGradient: (...numbers: number[]) => void;
  readonly maxPoolGradientBytes: (channels: number) => number;
  /** dy, x, n, h, w, c, kh, kw, sh, sw, top, left, oh, ow, dx, workspace. */
  readonly maxPoolGradient: (...numbers: number[]) => void;
  /** w, v, g, count, scale, decay, momentum, rate, new v, new w. */
  readonly sgdStep: (...numbers: number[]) => void;
  readonly columnSums: (matrix: number, rows: number, columns: number, out: number) => void;
}

/** The kernels, working on `memory`. */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  const bytes = Uint8Array.from(atob(kernelsBase64), (character) => character.charCodeAt(0));
  const module = new WebAssembly.Module(bytes);
  const abort = (): never => {
    throw new Error('kernel aborted');
  };
  return new WebAssembly.Instance(module, { env: { memory, abort } }).exports as unknown as Kernels;
}
