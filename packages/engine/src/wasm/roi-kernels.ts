import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from './heap.ts';
import { registerKernel } from './register.ts';

/** The attributes of RoIPool and RoIAlign, as @rcnn/roi-ops passes them. */
interface RoiAttributes {
  readonly boxes: Float32Array;
  readonly images: Int32Array;
  readonly height: number;
  readonly width: number;
  readonly spatialScale: number;
}

interface AlignAttributes extends RoiAttributes {
  readonly samplingRatio: number;
  readonly aligned: boolean;
}

interface FeaturesShape {
  readonly featuresShape: readonly number[];
}

/** Copies boxes and image indices to the heap, and answers where they lie and where `bytes` of workspace begin. */
function regionsOnHeap(
  { workspace, floats, integers }: Heap, { boxes, images }: RoiAttributes, bytes: number,
): { readonly boxes: number; readonly images: number; readonly work: number } {
  const address = workspace(4 * (boxes.length + images.length) + bytes);
  const imagesAt = address + 4 * boxes.length;
  floats(address, boxes.length).set(boxes);
  integers(imagesAt, images.length).set(images);
  return { boxes: address, images: imagesAt, work: imagesAt + 4 * images.length };
}

/** A bound on the weights of an axis: two pixels a sample, no more than the map has. */
function axisRoom({ boxes, height, width, spatialScale, samplingRatio }: AlignAttributes, extent: number): number {
  const [most, fewest] = [Math.max(height, width), Math.min(height, width)];
  let longest = 1;
  for (let i = 0; i < boxes.length; i += 4) longest = Math.max(longest, boxes[i + 2] - boxes[i], boxes[i + 3] - boxes[i + 1]);
  const samples = samplingRatio > 0 ? samplingRatio : Math.ceil((longest * spatialScale + 1) / fewest) + 1;
  return most * Math.min(2 * samples, extent);
}

function zeros({ output, floats }: Heap, shape: readonly number[]): { readonly info: TensorInfo; readonly address: number } {
  const made = output(shape);
  floats(made.address, util.sizeFromShape([...shape])).fill(0);
  return made;
}

/** The numbers that both of RoIAlign's kernels take, from the map's height on. */
function alignNumbers(heap: Heap, attributes: AlignAttributes, featuresShape: readonly number[]): { numbers: number[]; work: number } {
  const { images, height, width, spatialScale, samplingRatio, aligned } = attributes;
  const [, h, w, c] = featuresShape;
  const bins = Math.max(height, width);
  const room = axisRoom(attributes, Math.max(h, w));
  const terms = (room / bins) ** 2 + bins ** 2;
  const regions = regionsOnHeap(heap, attributes, heap.kernels.roiAlignBytes(bins, Math.max(h, w), room, terms));
  const numbers = [
    h, w, c, regions.boxes, regions.images, images.length, height, width, spatialScale, samplingRatio, aligned ? 1 : 0, room,
  ];
  return { numbers, work: regions.work };
}

/** RoIAlign, RoIAlignGrad, RoIPool, RoIPoolGrad, which @rcnn/roi-ops asks for. */
export function registerRoiKernels(): void {
  registerKernel<{ features: TensorInfo }, AlignAttributes>('wasm', 'RoIAlign', ({ inputs: { features }, attributes, heap }) => {
    const out = heap.output([attributes.images.length, attributes.height, attributes.width, features.shape[3]]);
    const { numbers, work } = alignNumbers(heap, attributes, features.shape);
    heap.kernels.roiAlign(heap.addressOf(features), ...numbers, out.address, work);
    return out.info;
  });
  registerKernel<{ dy: TensorInfo }, AlignAttributes & FeaturesShape>('wasm', 'RoIAlignGrad', ({ inputs: { dy }, attributes, heap }) => {
    const dfeatures = zeros(heap, attributes.featuresShape);
    const { numbers, work } = alignNumbers(heap, attributes, attributes.featuresShape);
    heap.kernels.roiAlignGradient(heap.addressOf(dy), ...numbers, dfeatures.address, work);
    return dfeatures.info;
  });
  registerKernel<{ features: TensorInfo }, RoiAttributes>('wasm', 'RoIPool', ({ inputs: { features }, attributes, heap }) => {
    const { images, height, width, spatialScale } = attributes;
    const [, h, w, c] = features.shape;
    const shape = [images.length, height, width, c];
    const [out, argmax] = [heap.output(shape), heap.output(shape, 'int32')];
    const regions = regionsOnHeap(heap, attributes, heap.kernels.roiPoolBytes(height + width));
    heap.kernels.roiPool(
      heap.addressOf(features), h, w, c, regions.boxes, regions.images, images.length, height, width, spatialScale,
      out.address, argmax.address, regions.work,
    );
    return [out.info, argmax.info];
  });
  registerKernel<{ dy: TensorInfo; argmax: TensorInfo }, FeaturesShape & { images: Int32Array }>(
    'wasm', 'RoIPoolGrad',
    ({ inputs: { dy, argmax }, attributes: { images, featuresShape }, heap }) => {
      const [, h, w, c] = featuresShape;
      const dfeatures = zeros(heap, featuresShape);
      const imagesAt = heap.workspace(4 * images.length);
      heap.integers(imagesAt, images.length).set(images);
      const perBox = dy.shape[1] * dy.shape[2];
      heap.kernels.roiPoolGradient(heap.addressOf(dy), heap.addressOf(argmax), h, w, c, imagesAt, images.length, perBox, dfeatures.address);
      return dfeatures.info;
    },
  );
}
