import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import golden from './fixtures/safetensors.json' with { type: 'json' };
import { readSafetensors, readWeights, toFloat32, writeSafetensors, type StateDict, type Weight } from './index.ts';

/** A file from a header and its data, as the format says: length, header, numbers. */
function file(header: unknown, dataBytes = 0): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return new Uint8Array(Buffer.concat([length, text, Buffer.alloc(dataBytes)]));
}

const float = (shape: number[], start: number, end: number) => ({ dtype: 'F32', shape, data_offsets: [start, end] });

describe('readSafetensors', () => {
  it("reads what Python's safetensors writes, in every dtype", () => {
    const { tensors, metadata } = readSafetensors(new Uint8Array(Buffer.from(golden.file, 'base64')));
    expect(metadata).toEqual(golden.metadata);
    expect([...tensors.keys()].sort()).toEqual(Object.keys(golden.tensors).sort());
    for (const [name, expected] of Object.entries(golden.tensors)) {
      const { shape, data } = tensors.get(name)!;
      expect({ name, shape, values: Array.from<number | bigint, number>(data, Number) }).toEqual({ name, ...expected });
    }
    expect(tensors.get('half')!.data).toBeInstanceOf(Float32Array);
    expect(tensors.get('steps')!.data).toBeInstanceOf(BigInt64Array);
  });

  it('is known by its brace, though its header may be as long as `PK` reads', () => {
    const bytes = file(`{}${' '.repeat(0x4b50 - 2)}`);
    expect(String.fromCharCode(bytes[0], bytes[1])).toBe('PK');
    expect(readWeights(bytes, 'x').format).toBe('safetensors');
  });

  it('does not copy numbers that are aligned, and copies those that are not', () => {
    const bytes = writeSafetensors(new Map([['a', { shape: [2], data: Float32Array.of(1, 2) }]]));
    expect(readSafetensors(bytes).tensors.get('a')!.data.buffer).toBe(bytes.buffer);
    const shifted = new Uint8Array(bytes.length + 1).subarray(1);
    shifted.set(bytes);
    expect(readSafetensors(shifted).tensors.get('a')).toEqual({ shape: [2], data: Float32Array.of(1, 2) });
  });

  it('accepts a file with no tensor, a scalar, an empty tensor, and a header padded with spaces', () => {
    expect(readSafetensors(file({})).tensors.size).toBe(0);
    const { tensors } = readSafetensors(file(`${JSON.stringify({ scalar: float([], 0, 4), none: float([0, 3], 4, 4) })}   `, 4));
    expect(tensors.get('scalar')).toEqual({ shape: [], data: new Float32Array(1) });
    expect(tensors.get('none')).toEqual({ shape: [0, 3], data: new Float32Array(0) });
  });

  it.each([
    ['no header length', new Uint8Array(7), 'expected at least 8 bytes, got 7'],
    ['a header cut short', file({ a: float([1], 0, 4) }).subarray(0, 30), '(file truncated)'],
    ['an absurd header length', new Uint8Array(16).fill(255), 'expected a header of at most 100000000 bytes'],
    ['a header that is not JSON', file('{"a":'), 'expected a header in JSON, got "{\\"a\\":"'],
    ['a header that is not UTF-8', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe), 'expected a header in UTF-8'],
    ['a header that is no object', file([]), 'expected a header that is a JSON object, got []'],
    ['metadata that are no strings', file({ __metadata__: { a: 1 } }), '"__metadata__": expected an object of strings'],
    ['a tensor that is no object', file({ a: 1 }), 'tensor "a": expected {dtype, shape, data_offsets}, got 1'],
    ['an unknown dtype', file({ a: { ...float([1], 0, 4), dtype: 'F8' } }, 4), 'got "F8"'],
    ['a dtype that is a property of every object', file({ a: { ...float([1], 0, 4), dtype: 'toString' } }, 4), 'got "toString"'],
    ['a negative extent', file({ a: float([-1, -1], 0, 4) }, 4), 'expected a shape of non-negative integers, got [-1,-1]'],
    ['a shape that is missing', file({ a: { dtype: 'F32', data_offsets: [0, 4] } }, 4), 'got nothing'],
    ['offsets that run backwards', file({ a: float([1], 4, 0) }, 4), 'expected data_offsets [start, end]'],
    ['a shape that does not fit its bytes', file({ a: float([2], 0, 4) }, 4), 'expected 8 bytes for F32 of shape [2], got 4'],
    ['an extent beyond all numbers', file({ a: float([2 ** 53 - 1, 2 ** 53 - 1], 0, 4) }, 4), 'got 4'],
    ['numbers cut short', file({ a: float([2], 0, 8) }, 4), 'tensor "a": expected an end of at most 4, got data_offsets [0, 8]'],
    ['bytes to spare', file({ a: float([1], 0, 4) }, 5), 'expected 4 bytes of data, as its header says, got 5'],
    ['tensors that overlap', file({ a: float([2], 0, 8), b: float([1], 4, 8) }, 8), 'tensor "b": expected a start of 8 (tensors overlap)'],
    ['a hole between tensors', file({ a: float([1], 0, 4), b: float([1], 8, 12) }, 12), 'tensor "b": expected a start of 4, got'],
  ])('refuses %s, in one line', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(message);
    expect(() => readSafetensors(bytes)).toThrow(/^readSafetensors: [^\n]+$/);
  });

  it('survives any damage to a file: it either reads or refuses in one line', () => {
    const whole = new Uint8Array(Buffer.from(golden.file, 'base64'));
    const patch = fc.record({ at: fc.nat(whole.length - 1), byte: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.array(patch, { maxLength: 4 }), fc.option(fc.nat(whole.length)), (patches, length) => {
        const damaged = whole.slice(0, length ?? whole.length);
        patches.filter(({ at }) => at < damaged.length).forEach(({ at, byte }) => (damaged[at] = byte));
        try {
          for (const { shape, data } of readSafetensors(damaged).tensors.values()) {
            expect(data.length).toBe(shape.reduce((a, b) => a * b, 1));
          }
        } catch (error) {
          expect(String(error)).toMatch(/^Error: readSafetensors: .+$/);
        }
      }),
      { numRuns: 3000, seed: 1 },
    );
  });
});

const weight: fc.Arbitrary<Weight> = fc
  .array(fc.nat(4), { maxLength: 3 })
  .chain((shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const of = { minLength: size, maxLength: size };
    return fc
      .oneof(fc.float32Array(of), fc.float64Array(of), fc.int32Array(of), fc.uint8Array(of), fc.bigInt64Array(of))
      .map((data) => ({ shape, data }));
  });

describe('writeSafetensors', () => {
  it('writes what readSafetensors reads back, with a header of a multiple of 8 bytes and aligned numbers', () => {
    const dictionary = fc.dictionary(fc.string({ unit: 'grapheme' }), weight, { noNullPrototype: true });
    const texts = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), { noNullPrototype: true });
    fc.assert(
      fc.property(dictionary, texts, (weights, metadata) => {
        const tensors = new Map(Object.entries(weights).filter(([name]) => name !== '__metadata__'));
        const bytes = writeSafetensors(tensors, metadata);
        const read = readSafetensors(bytes);
        expect(read.metadata).toEqual(metadata);
        expect(new Map([...read.tensors].sort())).toEqual(new Map([...tensors].sort()));
        expect(new DataView(bytes.buffer).getUint32(0, true) % 8).toBe(0);
        expect([...read.tensors.values()].every(({ data }) => data.buffer === bytes.buffer)).toBe(true);
      }),
      { seed: 1 },
    );
  });

  it('has the bytes the format prescribes', () => {
    const bytes = writeSafetensors(new Map([['w', { shape: [1, 1], data: Float32Array.of(1) }]]), { by: 'hand' });
    const header = '{"__metadata__":{"by":"hand"},"w":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}'.padEnd(88);
    expect(Buffer.from(bytes)).toEqual(
      Buffer.concat([Buffer.from([88, 0, 0, 0, 0, 0, 0, 0]), Buffer.from(header), Buffer.from([0, 0, 0x80, 0x3f])]),
    );
  });

  it('refuses data that do not fill the shape, and the reserved name', () => {
    const data = new Float32Array(3);
    expect(() => writeSafetensors(new Map([['w', { shape: [2, 2], data }]]))).toThrow("expected 4 numbers for 'w' of shape [2, 2], got 3");
    expect(() => writeSafetensors(new Map([['__metadata__', { shape: [3], data }]]))).toThrow('reserves');
  });
});

describe('toFloat32', () => {
  it('converts integers and doubles, and leaves float32 where it lies', () => {
    const data = Float32Array.of(1);
    expect(toFloat32({ shape: [1], data }).data).toBe(data);
    expect(toFloat32({ shape: [2], data: BigInt64Array.of(3n, -4n) }).data).toEqual(Float32Array.of(3, -4));
  });
});

const folder = fileURLToPath(new URL('../../../../shared/data/weights/', import.meta.url));

describe.skipIf(!existsSync(folder))('ImageNet weights (skipped where ../shared/data is absent)', () => {
  it.each([
    ['mobilenet_v1_1.0_224', 'MobilenetV1/MobilenetV1/Conv2d_0/weight', [32, 3, 3, 3]],
    ['mobilenet_v2_1.0_224', 'MobilenetV2/Conv/weight', [32, 3, 3, 3]],
    ['squeezenet_v1.0_deepcompressed', 'conv1/weight', [96, 3, 7, 7]],
  ])('reads %s and writes its tensors back bit for bit', (name, first, shape) => {
    const bytes = readFileSync(`${folder}${name}.safetensors`);
    const { tensors, metadata } = readSafetensors(bytes);
    expect(metadata.layout).toContain('OIHW');
    expect(tensors.get(first)?.shape).toEqual(shape);
    const again: StateDict = readSafetensors(writeSafetensors(tensors, metadata)).tensors;
    expect([...again.keys()]).toEqual([...tensors.keys()]);
    const same = (a: Weight, b: Weight) => Buffer.compare(Buffer.from(a.data.buffer, a.data.byteOffset, a.data.byteLength), Buffer.from(b.data.buffer, b.data.byteOffset, b.data.byteLength)) === 0;
    expect([...again].every(([key, value]) => same(value, tensors.get(key)!))).toBe(true);
  });
});
