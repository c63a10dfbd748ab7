import { latin1Text } from './byte-cursor.ts';
import { MAX_INTEGER_BYTES } from './limits.ts';
import type { PickleMachine } from './pickle-machine.ts';
import type { PythonValue } from './python-value.ts';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** An int of Python's, little-endian two's complement: a number where it is exact, else a bigint. */
function integer(bytes: Uint8Array): number | bigint {
  if (bytes.length > MAX_INTEGER_BYTES) throw new Error(`expected an integer of at most ${MAX_INTEGER_BYTES} bytes, got ${bytes.length}`);
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
  return exact(BigInt.asIntN(8 * bytes.length, value));
}

const exact = (value: bigint): number | bigint => (Number.isSafeInteger(Number(value)) ? Number(value) : value);

function decimal(text: string): number | bigint | boolean {
  if (text === '00' || text === '01') return text === '01';
  if (!/^-?\d{1,60}L?$/.test(text)) throw new Error('expected an integer in decimal digits, got something else');
  return exact(BigInt(text.replace('L', '')));
}

function float(text: string): number {
  const value = Number(text.replace(/^(-?)inf$/, '$1Infinity').replace(/^nan$/, 'NaN'));
  if (text.trim() === '' || (Number.isNaN(value) && text !== 'nan')) throw new Error('expected a float in decimal digits, got something else');
  return value;
}

/** A quoted string of protocol 0; those with escapes, which names of tensors do not need, are refused. */
function quoted(text: string): string {
  const match = /^(['"])([^\\]*)\1$/.exec(text);
  if (match === null) throw new Error('expected a quoted string without escapes, got something else');
  return match[2];
}

function unescaped(text: string): string {
  if (text.includes('\\')) throw new Error('expected a string without escapes, got a backslash');
  return text;
}

const literal = (read: (machine: PickleMachine) => PythonValue) => (machine: PickleMachine) => machine.push(read(machine));

/** The opcodes that push a constant. */
export const literalOpcodes: readonly (readonly [number, (machine: PickleMachine) => void])[] = [
  [0x4e, literal(() => null)], // NONE
  [0x88, literal(() => true)], // NEWTRUE
  [0x89, literal(() => false)], // NEWFALSE
  [0x49, literal(({ cursor }) => decimal(cursor.line()))], // INT
  [0x4c, literal(({ cursor }) => decimal(cursor.line()))], // LONG
  [0x4a, literal(({ cursor }) => cursor.int32())], // BININT
  [0x4b, literal(({ cursor }) => cursor.uint8())], // BININT1
  [0x4d, literal(({ cursor }) => cursor.uint16())], // BININT2
  [0x8a, literal(({ cursor }) => integer(cursor.take(cursor.uint8())))], // LONG1
  [0x8b, literal(({ cursor }) => integer(cursor.take(cursor.uint32())))], // LONG4
  [0x46, literal(({ cursor }) => float(cursor.line()))], // FLOAT
  [0x47, literal(({ cursor }) => cursor.float64())], // BINFLOAT
  [0x53, literal(({ cursor }) => quoted(cursor.line()))], // STRING
  [0x54, literal(({ cursor }) => latin1Text(cursor.take(cursor.uint32())))], // BINSTRING
  [0x55, literal(({ cursor }) => latin1Text(cursor.take(cursor.uint8())))], // SHORT_BINSTRING
  [0x56, literal(({ cursor }) => unescaped(cursor.line()))], // UNICODE
  [0x58, literal(({ cursor }) => utf8.decode(cursor.take(cursor.uint32())))], // BINUNICODE
  [0x8c, literal(({ cursor }) => utf8.decode(cursor.take(cursor.uint8())))], // SHORT_BINUNICODE
  [0x8d, literal(({ cursor }) => utf8.decode(cursor.take(cursor.uint64())))], // BINUNICODE8
  [0x42, literal(({ cursor }) => cursor.take(cursor.uint32()))], // BINBYTES
  [0x43, literal(({ cursor }) => cursor.take(cursor.uint8()))], // SHORT_BINBYTES
  [0x8e, literal(({ cursor }) => cursor.take(cursor.uint64()))], // BINBYTES8
];
