import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import caffe from './fixtures/caffe.json' with { type: 'json' };
import golden from './fixtures/checkpoints.json' with { type: 'json' };
import { readWeights, writeSafetensors, type StateDict } from './index.ts';

const decode = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const plain = (tensors: StateDict): unknown =>
  Object.fromEntries([...tensors].map(([name, { shape, data }]) => [name, { shape, values: Array.from(data as ArrayLike<number | bigint>, Number) }]));

/** A zip file whose directory says that no checksum was computed. */
function withoutChecksums(zip: Uint8Array): Uint8Array {
  const changed = zip.slice();
  for (let i = 0; i < changed.length; i++) {
    if ([0x50, 0x4b, 0x01, 0x02].every((byte, j) => changed[i + j] === byte)) changed.fill(0, i + 16, i + 20);
  }
  return changed;
}

describe('readWeights', () => {
  it.each(['zip', 'legacy'] as const)("reads PyTorch's %s format: every dtype, views, shared storages, a Parameter", (format) => {
    const file = readWeights(decode(golden[format]), 'a.pth');
    expect(file.format).toBe('pth');
    expect(plain(file.tensors)).toEqual(golden.expected);
    expect([...file.dtypes.values()]).toEqual(['F32', 'F32', 'F32', 'F16', 'BF16', 'F64', 'I64', 'I32', 'I16', 'I8', 'U8', 'BOOL', 'F32', 'F32']);
  });

  it('finds the state dict of a checkpoint', () => {
    for (const text of golden.nested) {
      const { tensors } = readWeights(decode(text), 'a.pth');
      expect([...tensors.keys()]).toEqual(['weight', 'bias']);
      expect(tensors.get('weight')).toEqual({ shape: [1, 2], data: Float32Array.of(0.5, 0.5) });
    }
  });

  it("reads numpy's arrays in a pickle, of either order and either name of numpy's modules", () => {
    for (const text of golden.pickles) {
      const { format, tensors } = readWeights(decode(text), 'a.pkl');
      expect(format).toBe('pkl');
      const rows = { shape: [2, 3], values: [0, 1, 2, 3, 4, 5] };
      expect(plain(tensors)).toEqual({ weight: rows, fortran: rows, half: { shape: [1], values: [0.5] }, steps: { shape: [1], values: [5] } });
    }
  });

  it('reads safetensors, and refuses what is none of the formats', () => {
    const bytes = writeSafetensors(new Map([['w', { shape: [1], data: Float32Array.of(1) }]]));
    expect(readWeights(bytes, 'a').format).toBe('safetensors');
    expect(() => readWeights(decode('AAAA'), 'a.bin')).toThrow(/^a\.bin: expected safetensors.* got another format$/);
    expect(() => readWeights(new Uint8Array(0), 'a.bin')).toThrow('another format');
  });

  it.each(Object.entries(golden.refused))('refuses %s in one line', (_, [text, message]) => {
    expect(() => readWeights(decode(text), 'bad')).toThrow(message);
    expect(() => readWeights(decode(text), 'bad')).toThrow(/^bad: [^\n]+$/);
  });

  it('refuses a zip file in which a number has changed, by its checksum; one of 0 was never computed', () => {
    const bytes = decode(golden.nested[0]);
    const half = bytes.findIndex((_, i) => [0, 0, 0, 0x3f, 0, 0, 0, 0x3f].every((byte, j) => bytes[i + j] === byte));
    bytes[half] ^= 1;
    expect(() => readWeights(bytes, 'a.pth')).toThrow(/^a\.pth: readPth: expected the CRC-32 [0-9a-f]{8} of entry ".*", got [0-9a-f]{8} \(file damaged\)$/);
    expect(readWeights(withoutChecksums(bytes), 'a.pth').tensors.get('weight')?.data[0]).toBeCloseTo(0.5);
  });

  it('survives any damage to a file of any format: it either reads or refuses in one line', () => {
    const zip = decode(golden.zip);
    const files = [
      zip,
      withoutChecksums(zip), // so that damage reaches the pickle
      ...[golden.legacy, golden.nested[1], ...golden.pickles, ...Object.values(caffe.nets), ...caffe.norms].map(decode),
      writeSafetensors(new Map([['w', { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }], ['n', { shape: [], data: Int32Array.of(5) }]]), { format: 'pt' }),
    ];
    const damage = fc.record({
      file: fc.constantFrom(...files),
      patches: fc.array(fc.record({ at: fc.double({ min: 0, max: 0.9999, noNaN: true }), bit: fc.nat(7) }), { maxLength: 6 }),
      keep: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    });
    fc.assert(
      fc.property(damage, ({ file, patches, keep }) => {
        const bytes = file.slice(0, Math.floor((keep ?? 1) * file.length));
        if (bytes.length > 0) patches.forEach(({ at, bit }) => (bytes[Math.floor(at * bytes.length)] ^= 1 << bit));
        try {
          for (const { shape, data } of readWeights(bytes, 'f').tensors.values()) expect(data.length).toBe(shape.reduce((a, b) => a * b, 1));
        } catch (error) {
          expect(String(error)).toMatch(/^Error: f: .+$/);
        }
      }),
      { numRuns: 4000, seed: 1 },
    );
  });
});
