import { DTYPE_BYTES, isDtype, type Dtype } from './dtype.ts';
import { sizeOf } from './weight.ts';

/** One tensor of a header: where its bytes lie, counted from the end of the header. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** A header that describes the bytes after it completely: every byte is in one tensor and one only. */
export interface SafetensorsHeader {
  /** In the order of their bytes. */
  readonly entries: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * A safetensors header, checked against the format: `{name: {dtype, shape, data_offsets: [start, end]}, …,
 * __metadata__: {key: text}}`, and no byte of the data without a tensor.
 * @param text the header's JSON
 * @param dataBytes how many bytes follow the header
 * @throws Error naming the tensor at fault
 */
export function parseHeader(text: string, dataBytes: number): SafetensorsHeader {
  const fields = Object.entries(parseObject(text));
  const metadata = fields.filter(([name]) => name === '__metadata__').map(([, value]) => parseMetadata(value))[0] ?? {};
  const entries = fields
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => parseEntry(name, value))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let covered = 0;
  for (const { name, start, end } of entries) {
    if (start !== covered || end > dataBytes) {
      const expected = start === covered ? `an end of at most ${dataBytes}` : `a start of ${covered}`;
      const trouble = start < covered ? ' (tensors overlap)' : '';
      throw invalid(name, `${expected}${trouble}`, `data_offsets [${start}, ${end}]`);
    }
    covered = end;
  }
  if (covered !== dataBytes) {
    throw new Error(`readSafetensors: expected ${covered} bytes of data, as its header says, got ${dataBytes}`);
  }
  return { entries, metadata };
}

function parseObject(text: string): object {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    throw new Error(`readSafetensors: expected a header in JSON, got ${shown(text)}`);
  }
  if (!isObject(header)) {
    throw new Error(`readSafetensors: expected a header that is a JSON object, got ${shown(header)}`);
  }
  return header;
}

function parseMetadata(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value) || !Object.values(value).every((entry) => typeof entry === 'string')) {
    throw invalid('__metadata__', 'an object of strings', shown(value));
  }
  return value as Readonly<Record<string, string>>;
}

function parseEntry(name: string, value: unknown): TensorEntry {
  if (!isObject(value)) {
    throw invalid(name, '{dtype, shape, data_offsets}', shown(value));
  }
  const { dtype, shape, data_offsets: offsets } = value as Readonly<Record<string, unknown>>;
  if (!isDtype(dtype)) {
    throw invalid(name, `a dtype of ${Object.keys(DTYPE_BYTES).join(', ')}`, shown(dtype));
  }
  if (!isCounts(shape)) {
    throw invalid(name, 'a shape of non-negative integers', shown(shape));
  }
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[1] < offsets[0]) {
    throw invalid(name, 'data_offsets [start, end] with 0 <= start <= end', shown(offsets));
  }
  const [start, end] = offsets;
  const bytes = sizeOf(shape) * DTYPE_BYTES[dtype];
  if (bytes !== end - start) {
    throw invalid(name, `${bytes} bytes for ${dtype} of shape [${shape.join(', ')}]`, `${end - start}`);
  }
  return { name, dtype, shape, start, end };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && (count as number) >= 0);
}

function invalid(name: string, expected: string, got: string): Error {
  return new Error(`readSafetensors: tensor ${shown(name)}: expected ${expected}, got ${got}`);
}

/** A value as JSON, cut to fit a line. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
