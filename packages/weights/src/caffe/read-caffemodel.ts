import type { StateDict, Weight } from '../weight.ts';
import type { Blob } from './blob-proto.ts';
import { netLayers, type CaffeLayer } from './net-layers.ts';

/**
 * The parameters in a `.caffemodel`, of layers of version 1 or 2, under PyTorch's kind of names: `conv1.weight`, `conv1.bias`,
 * `fc6.weight`, …; a BatchNorm's become `running_mean` and `running_var`, divided by the factor that Caffe keeps beside
 * them. They lie as PyTorch's do: convolutions [out, in / groups, kh, kw], so that groups need no change; fully connected
 * ones [out, in], the inputs of one that follows a map in the order C, H, W (see {@link chwLinearToHwc}). Caffe's nets see
 * images as B, G, R: {@link bgrToRgb} turns the filter of the first layer for those who feed R, G, B.
 * @throws Error in one line on any other file, naming the layer at fault
 */
export function readCaffemodel(bytes: Uint8Array): StateDict {
  try {
    const tensors = new Map<string, Weight>();
    for (const layer of netLayers(bytes)) {
      for (const [kind, weight] of parametersOf(layer)) {
        const name = `${layer.name}.${kind}`;
        if (tensors.has(name)) throw new Error(`expected names that differ, got "${name.slice(0, 80)}" twice`);
        tensors.set(name, weight);
      }
    }
    if (tensors.size === 0) throw new Error('expected layers with parameters, got none: is it a net that was never trained?');
    return tensors;
  } catch (error) {
    throw new Error(`readCaffemodel: ${(error as Error).message}`, { cause: error });
  }
}

function parametersOf({ type, blobs }: CaffeLayer): [string, Weight][] {
  if (type === 'BatchNorm' && blobs.length >= 3) {
    const factor = Number(blobs[2].data[0]);
    const unscaled = ({ data, ...blob }: Blob): Weight => ({ shape: shapeOf({ data, ...blob }, 1), data: data.map((value) => (factor === 0 ? 0 : value / factor)) });
    return [['running_mean', unscaled(blobs[0])], ['running_var', unscaled(blobs[1])]];
  }
  const axes = type === 'InnerProduct' ? 2 : type === 'Convolution' || type === 'Deconvolution' ? 4 : 1;
  return blobs.map((blob, i) => [['weight', 'bias'][i] ?? `blob${i}`, { shape: shapeOf(blob, i === 0 ? axes : 1), data: blob.data }]);
}

/** Of the older form's four extents, the ones of 1 in front that make more than `axes` are not the layer's. */
function shapeOf({ shape, legacy }: Blob, axes: number): readonly number[] {
  if (!legacy) return shape;
  let from = 0;
  while (shape.length - from > axes && shape[from] === 1) from++;
  return shape.slice(from);
}
