import { describe, expect, it } from 'vitest';
import golden from '../fixtures/caffe.json' with { type: 'json' };
import { readCaffemodel, readWeights, toFloat32, type StateDict } from '../index.ts';

const decode = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const plain = (tensors: StateDict): unknown => Object.fromEntries([...tensors].map(([name, { shape, data }]) => [name, { shape, values: Array.from(data, Number) }]));

/** The golden net, literally, in PyTorch's layouts: two groups of 3×3 filters on [2, 4, 4], then a layer over C, H, W. */
function forward(tensors: StateDict, image: readonly number[]): number[] {
  const values = (name: string): Float32Array => toFloat32(tensors.get(name) ?? { shape: [0], data: new Float32Array(0) }).data;
  const [filter, offset, matrix, bias] = ['conv1.weight', 'conv1.bias', 'fc6.weight', 'fc6.bias'].map(values);
  const map: number[] = [];
  for (let out = 0; out < 4; out++) {
    const group = Math.floor(out / 2);
    for (let y = 0; y < 2; y++) {
      for (let x = 0; x < 2; x++) {
        let sum = offset[out];
        for (let tap = 0; tap < 9; tap++) sum += filter[9 * out + tap] * image[16 * group + 4 * (y + Math.floor(tap / 3)) + x + (tap % 3)];
        map.push(sum);
      }
    }
  }
  return [...bias].map((start, row) => map.reduce((sum, value, i) => sum + matrix[16 * row + i] * value, start));
}

describe('readCaffemodel', () => {
  it.each(Object.entries(golden.nets))("reads a net of %s as OpenCV's importer does", (_, text) => {
    const file = readWeights(decode(text), 'a.caffemodel');
    expect(file.format).toBe('caffemodel');
    expect(plain(file.tensors)).toEqual(golden.tensors);
    const computed = forward(file.tensors, Array.from({ length: 32 }, (_, i) => i / 32));
    golden.forward.forEach((value, i) => expect(Math.abs(computed[i] / value - 1)).toBeLessThan(1e-5));
  });

  it("divides a BatchNorm's statistics by the factor beside them", () => {
    const [half, none] = golden.norms.map((text) => plain(readCaffemodel(decode(text))));
    expect(half).toEqual({ 'bn1.running_mean': { shape: [2], values: [1, -2] }, 'bn1.running_var': { shape: [2], values: [4, 0.5] } });
    expect(none).toMatchObject({ 'bn1.running_mean': { values: [0, 0] } });
  });

  it.each(Object.entries(golden.refused))('refuses %s in one line', (_, [text, message]) => {
    expect(() => readWeights(decode(text), 'bad.caffemodel')).toThrow(message);
    expect(() => readWeights(decode(text), 'bad.caffemodel')).toThrow(/^bad\.caffemodel: readCaffemodel: [^\n]+$/);
  });
});
