import type { FloatWeight } from './weight.ts';

/**
 * The filter of a first convolution, [out, 3, kh, kw], for an image whose channels are the other way round: R, G, B in place
 * of Caffe's and Detectron2's B, G, R. Its own inverse.
 * @throws RangeError if the filter is of another shape
 */
export function bgrToRgb({ shape, data }: FloatWeight): FloatWeight {
  const [outs, channels, height, width] = shape;
  if (shape.length !== 4 || channels !== 3) throw new RangeError(`bgrToRgb: expected a filter [out, 3, kh, kw], got [${shape.join(', ')}]`);
  const taps = height * width;
  const turned = new Float32Array(data.length);
  for (let out = 0; out < outs; out++) {
    for (let channel = 0; channel < 3; channel++) {
      const from = (out * 3 + channel) * taps;
      turned.set(data.subarray(from, from + taps), (out * 3 + 2 - channel) * taps);
    }
  }
  return { shape, data: turned };
}
