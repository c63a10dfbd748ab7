import type { backend_util } from '@tensorflow/tfjs-core';
import type { Convolution } from './convolution.ts';
import type { Heap } from './heap.ts';
import type { Multiply } from './products.ts';

/** Floats of a transformed operand that are held at once: 16 MiB, so that tiles pass in a few large products. */
const MAX_FLOATS = 2 ** 22;
const POSITIONS = 36;

/**
 * Whether {@link winogradConvolution} is the way to compute this: 3×3, neither stride nor dilation, channels in fours, and
 * tiles enough to be worth transforming the filter, which grows fourfold.
 * @param costOfMoving the multiplications that take as long as moving one float to memory and back
 */
export function suitsWinograd(info: backend_util.Conv2DInfo, costOfMoving: number): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, inChannels, outChannels } = info;
  const plain = strideHeight === 1 && strideWidth === 1 && dilationHeight === 1 && dilationWidth === 1;
  if (!(filterHeight === 3 && filterWidth === 3 && plain && inChannels % 4 === 0 && outChannels % 4 === 0)) return false;
  const { tiles } = tiling(info.batchSize, outputOf(info, 0), inChannels, outChannels);
  const [pairs, pixels] = [inChannels * outChannels, info.batchSize * info.outHeight * info.outWidth];
  const moved = POSITIONS * (pairs + tiles * (inChannels + outChannels));
  return POSITIONS * tiles * pairs + costOfMoving * moved < 9 * pixels * (pairs + costOfMoving * inChannels);
}

/** One map of a convolution: its images, height, width and channels. */
interface Map4 {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly address: number;
}

/**
 * 3×3 convolutions of stride 1 by Winograd's F(4×4, 3×3), which multiplies a quarter as often as the plain sum. The
 * gradient of the input is the same convolution of dy with the filter turned around; that of the filter is the adjoint.
 */
export function winogradConvolution(multiply: Multiply): Convolution {
  /** `to` = clamp(`from` ∗ filter + bias), both maps of `images` images; `flip` for the gradient of the input. */
  const filterMap = (
    heap: Heap, images: number, from: Map4, to: Map4, top: number, left: number, filter: number, flip: boolean,
    bias: number, [low, high]: readonly [number, number],
  ): void => {
    const { kernels, workspace } = heap;
    const [ci, co, pairs] = [from.channels, to.channels, from.channels * to.channels];
    const { tilesY, tilesX, chunk, tiles } = tiling(images, to, ci, co);
    const scratchBytes = kernels.winogradBytes(Math.max(ci, co));
    const u = workspace(scratchBytes + 4 * POSITIONS * (pairs + chunk * (ci + co)) + 64);
    const [v, m] = [u + 4 * POSITIONS * pairs, u + 4 * POSITIONS * (pairs + chunk * ci)];
    const scratch = m + 4 * POSITIONS * chunk * co;
    kernels.winogradFilter(filter, pairs, flip ? 1 : 0, u, scratch);
    for (let first = 0; first < tiles; first += chunk) {
      const count = Math.min(chunk, tiles - first);
      kernels.winogradInput(from.address, from.height, from.width, ci, top, left, tilesY, tilesX, first, count, v, scratch);
      multiply(heap, { batch: POSITIONS, m: count, n: co, k: ci, transposeA: false, transposeB: flip, a: v, b: u, c: m });
      kernels.winogradOutput(m, co, to.height, to.width, tilesY, tilesX, first, count, bias, low, high, to.address, scratch);
    }
  };
  return {
    forward: (heap, info, { x, filter, bias, y }, range) => {
      const { batchSize, padInfo } = info;
      filterMap(heap, batchSize, inputOf(info, x), outputOf(info, y), padInfo.top, padInfo.left, filter, false, bias, range);
    },
    inputGradient: (heap, info, { dy, filter, dx }) => {
      const { batchSize, padInfo: { top, left } } = info;
      filterMap(heap, batchSize, outputOf(info, dy), inputOf(info, dx), 2 - top, 2 - left, filter, true, 0, [-Infinity, Infinity]);
    },
    filterGradient: (heap, info, { x, dy, dfilter }) => {
      const { kernels, workspace } = heap;
      const { batchSize, padInfo, inHeight, inWidth, inChannels: ci, outHeight, outWidth, outChannels: co } = info;
      const pairs = ci * co;
      const { tilesY, tilesX, chunk, tiles } = tiling(batchSize, outputOf(info, dy), ci, co);
      const scratchBytes = kernels.winogradBytes(Math.max(ci, co));
      const du = workspace(scratchBytes + 4 * POSITIONS * (pairs + chunk * (ci + co)) + 64);
      const [v, dm] = [du + 4 * POSITIONS * pairs, du + 4 * POSITIONS * (pairs + chunk * ci)];
      const scratch = dm + 4 * POSITIONS * chunk * co;
      for (let first = 0; first < tiles; first += chunk) {
        const count = Math.min(chunk, tiles - first);
        kernels.winogradInput(x, inHeight, inWidth, ci, padInfo.top, padInfo.left, tilesY, tilesX, first, count, v, scratch);
        kernels.winogradOutputAdjoint(dy, outHeight, outWidth, co, tilesY, tilesX, first, count, dm, scratch);
        multiply(heap, { batch: POSITIONS, m: ci, n: co, k: count, transposeA: true, transposeB: false, a: v, b: dm, c: du });
        kernels.winogradFilterAdjoint(du, pairs, first > 0 ? 1 : 0, dfilter, scratch);
      }
    },
  };
}

/** The tiles of a result, and how many of them pass at once: as many chunks as needed, of about the same size. */
function tiling(
  images: number, { height, width }: Map4, ci: number, co: number,
): { tilesY: number; tilesX: number; tiles: number; chunk: number } {
  const [tilesY, tilesX] = [Math.ceil(height / 4), Math.ceil(width / 4)];
  const tiles = images * tilesY * tilesX;
  const most = Math.max(1, Math.floor(MAX_FLOATS / (POSITIONS * Math.max(ci, co))));
  return { tilesY, tilesX, tiles, chunk: Math.ceil(tiles / Math.ceil(tiles / most)) };
}

const inputOf = ({ inHeight, inWidth, inChannels }: backend_util.Conv2DInfo, address: number): Map4 =>
  ({ height: inHeight, width: inWidth, channels: inChannels, address });

const outputOf = ({ outHeight, outWidth, outChannels }: backend_util.Conv2DInfo, address: number): Map4 =>
  ({ height: outHeight, width: outWidth, channels: outChannels, address });
