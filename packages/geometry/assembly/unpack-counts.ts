// Run lengths from COCO's packed text. Most numbers there are one character, some are two, in no order that a processor could foresee:
// to ask of each how long it is costs half the time. So eight characters are looked at together, and a table says where their
// numbers of one and two are.

/** Characters that there is room for, and counts. */
const room = 1 << 18;
const text = memory.data((1 << 18) + 8, 16);
const counts = memory.data((1 << 20) + 64, 16);

/** Where a byte comes from that is 0. */
// @ts-ignore: a decorator
@inline const none: u8 = 0xff;

// By which of eight characters say that more follow, a bit each: where each number's last byte comes from, and its first where it has
// two. None for a pattern that holds numbers of three or more.
const layouts = memory.data(16 << 8, 16);
for (let pattern: u32 = 0; pattern < 256; pattern++) {
  const layout = layouts + (pattern << 4);
  memory.fill(layout, none, 16);
  for (let i: u32 = 0, numbers: u32 = 0; i < 8; i++) {
    if ((pattern >> i) & 1) {
      store<u8>(layout + 2 * numbers, <u8>i);
    } else {
      store<u8>(layout + 2 * numbers + 1, <u8>i);
      numbers++;
    }
  }
}

// By how many counts there are in two vectors of four: the last but one and the last of them, twice, from the one and from the other.
const lasts = memory.data(32 * 9, 16);
for (let numbers: i32 = 4; numbers <= 8; numbers++) {
  for (let byte: i32 = 0; byte < 16; byte++) {
    const from = 4 * (numbers - 2) + (byte & 7);
    store<u8>(lasts + 32 * numbers + byte, from < 16 ? <u8>from : none);
    store<u8>(lasts + 32 * numbers + 16 + byte, from < 16 ? none : <u8>(from - 16));
  }
}

let at: usize = 0;
/** Negative once anything is odd. */
let odd: i32 = 0;

export function textAddress(): usize {
  return text;
}

export function countsAddress(): usize {
  return counts;
}

export function roomFor(): i32 {
  return room;
}

/** Unpacks `length` characters into counts from `start` on; returns how many, or −1 if the text is malformed or they do not add up to `total`. */
export function unpackCounts(length: i32, total: i32, start: i32): i32 {
  const end = text + <usize>length;
  store<u64>(end, 0x3030303030303030); // so that a number cut short ends, beyond the text
  at = text;
  odd = length - 1;
  const first = counts + (<usize>start << 2);
  let to = first;
  store<i32>(to, number());
  to += 4;
  // The last but one and the last, twice; zeros at first, for the second and third number are no differences.
  let before = i32x4.splat(0);
  let strays = i32x4.splat(0);
  while (at + 8 <= end && odd >= 0) {
    const codes = i8x16.sub(v128.load64_zero(at), i8x16.splat(48));
    const pattern = i8x16.bitmask(i16x8.shl(codes, 2)) & 0xff;
    if (pattern & (pattern >> 1)) {
      // A number of three characters or more: one by one, until it is passed.
      before = append(before, to);
      to += 4;
      continue;
    }
    const numbers = 8 - <usize>popcnt(pattern);
    strays = v128.or(strays, codes);
    // Lanes of 16 bits: the last character high, the first of two low. Five bits of each, the highest of the last being the sign.
    const pairs = i8x16.swizzle(codes, v128.load(layouts + (<usize>pattern << 4)));
    const ones = i16x8.shr_s(i16x8.shl(pairs, 3), 11);
    const twos = v128.or(i16x8.shl(ones, 5), v128.and(pairs, i16x8.splat(31)));
    const differences = v128.bitselect(twos, ones, i16x8.shr_s(i16x8.shl(pairs, 10), 15));
    // Sums of every other one, four at a time.
    const sums = i16x8.add(differences, i64x2.shl(differences, 32));
    const low = i32x4.add(i32x4.extend_low_i16x8_s(sums), before);
    const high = i32x4.add(i32x4.extend_high_i16x8_s(sums), v128.shuffle<i32>(low, low, 2, 3, 2, 3));
    v128.store(to, low);
    v128.store(to, high, 16);
    const last = lasts + (numbers << 5); // no number is longer than two: there are four or more
    before = v128.or(i8x16.swizzle(low, v128.load(last)), i8x16.swizzle(high, v128.load(last, 16)));
    at += 8 - <usize>(((load<u8>(at, 7) - 48) >> 5) & 1); // one that begins with the last of them is the next ones'
    to += numbers << 2;
  }
  while (at < end && odd >= 0) {
    before = append(before, to);
    to += 4;
  }
  const hasStrays = (i64x2.extract_lane(strays, 0) & 0xc0c0c0c0c0c0c0c0) !== 0;
  return at !== end || odd < 0 || hasStrays || !addsUp(first, to, total) ? -1 : <i32>((to - first) >> 2);
}

/** Unpacks one number, of any length, to an address; returns the last two then. */
// @ts-ignore: a decorator
@inline function append(before: v128, to: usize): v128 {
  const count = i32x4.extract_lane(before, 0) + number();
  store<i32>(to, count);
  return v128.shuffle<i32>(before, i32x4.splat(count), 1, 4, 1, 4);
}

/** The number that begins there. */
function number(): i32 {
  let value = 0;
  let shift = 0;
  let code = 0;
  do {
    code = <i32>load<u8>(at++) - 48;
    odd |= code | (63 - code) | (25 - shift);
    value |= (code & 31) << shift;
    shift += 5;
  } while (code & 32 && odd >= 0);
  return (value << (32 - shift)) >> (32 - shift);
}

/** Whether counts are none below 0, and add up. No sum passes 2³² unnoticed: it would have to pass 2³¹, which is negative. */
// @ts-ignore: a decorator
@inline function addsUp(from: usize, to: usize, total: i32): bool {
  v128.store(to, i32x4.splat(0));
  let sums = i32x4.splat(0);
  let signs = i32x4.splat(0);
  for (; from < to; from += 16) {
    const some = v128.load(from);
    sums = i32x4.add(sums, some);
    signs = v128.or(signs, v128.or(some, sums));
  }
  const sum = <i64>i32x4.extract_lane(sums, 0) + <i64>i32x4.extract_lane(sums, 1) + <i64>i32x4.extract_lane(sums, 2) + <i64>i32x4.extract_lane(sums, 3);
  return i32x4.bitmask(signs) === 0 && sum === <i64>total;
}
