import type { backend_util } from '@tensorflow/tfjs-core';
import type { Convolution } from './convolution.ts';
import { geometry } from './conv2d-info.ts';
import type { Heap } from './heap.ts';
import type { Multiply, Product } from './products.ts';

/** Floats of windows that are held at once: 32 MiB. */
const MAX_FLOATS = 2 ** 23;

/** Whether every output pixel's window is one input pixel, in order: the map itself is the matrix. */
function isPointwise(info: backend_util.Conv2DInfo): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const unpadded = padInfo.top === 0 && padInfo.left === 0 && padInfo.bottom === 0 && padInfo.right === 0;
  return filterHeight === 1 && filterWidth === 1 && strideHeight === 1 && strideWidth === 1 && unpadded;
}

const plain = { batch: 1, transposeA: false, transposeB: false } satisfies Partial<Product>;

/**
 * Every convolution as products of the windows' matrix [n·oh·ow, kh·kw·ci] with the filter, which lies as its right
 * operand already; a few windows at a time, and none copied for 1×1 filters.
 */
export function im2colConvolution(multiply: Multiply): Convolution {
  /** Calls `use` with matrices of windows, chunk by chunk: from where on, how many rows, at which address. */
  const eachChunk = (
    { workspace }: Heap, info: backend_util.Conv2DInfo, map: number, extraFloats: number,
    use: (first: number, count: number, windows: number, extra: number) => void,
  ): void => {
    const rows = info.batchSize * info.outHeight * info.outWidth;
    const k = info.filterHeight * info.filterWidth * info.inChannels;
    if (isPointwise(info)) {
      use(0, rows, map, extraFloats > 0 ? workspace(4 * extraFloats) : 0);
      return;
    }
    const chunk = Math.ceil(rows / Math.ceil((rows * k) / MAX_FLOATS));
    const extra = workspace(4 * (extraFloats + chunk * k));
    for (let first = 0; first < rows; first += chunk) use(first, Math.min(chunk, rows - first), extra + 4 * extraFloats, extra);
  };
  const extents = (info: backend_util.Conv2DInfo): number[] => {
    const { inHeight, inWidth, inChannels, filterHeight, filterWidth } = info;
    return [inHeight, inWidth, inChannels, filterHeight, filterWidth, ...geometry(info)];
  };
  return {
    forward: (heap, info, { x, filter, bias, y }, [low, high]) => {
      const { kernels } = heap;
      const [k, n] = [info.filterHeight * info.filterWidth * info.inChannels, info.outChannels];
      eachChunk(heap, info, x, 0, (first, m, windows) => {
        if (!isPointwise(info)) kernels.im2col(x, ...extents(info), first, m, windows);
        const c = y + 4 * first * n;
        multiply(heap, { ...plain, m, n, k, a: windows, b: filter, c });
        if (bias !== 0 || low > -Infinity || high < Infinity) kernels.biasClamp(c, m, n, bias, low, high);
      });
    },
    inputGradient: (heap, info, { dy, filter, dx }) => {
      const { kernels, floats } = heap;
      const [n, k] = [info.filterHeight * info.filterWidth * info.inChannels, info.outChannels];
      if (!isPointwise(info)) floats(dx, info.batchSize * info.inHeight * info.inWidth * info.inChannels).fill(0);
      eachChunk(heap, info, dx, 0, (first, m, windows) => {
        multiply(heap, { ...plain, m, n, k, transposeB: true, a: dy + 4 * first * k, b: filter, c: windows });
        if (!isPointwise(info)) kernels.col2im(windows, ...extents(info), first, m, dx);
      });
    },
    filterGradient: (heap, info, { x, dy, dfilter }) => {
      const { kernels, floats } = heap;
      const [m, n] = [info.filterHeight * info.filterWidth * info.inChannels, info.outChannels];
      eachChunk(heap, info, x, m * n, (first, k, windows, sum) => {
        if (!isPointwise(info)) kernels.im2col(x, ...extents(info), first, k, windows);
        const b = dy + 4 * first * n;
        const product = { ...plain, m, n, k, transposeA: true, a: windows, b };
        multiply(heap, { ...product, c: first === 0 ? dfilter : sum });
        if (first > 0) {
          const [total, part] = [floats(dfilter, m * n), floats(sum, m * n)];
          for (let i = 0; i < total.length; i++) total[i] += part[i];
        }
      });
    },
  };
}
