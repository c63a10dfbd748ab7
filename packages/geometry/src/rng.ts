/** The state of an {@link Rng}: four unsigned 32-bit words, safe to write as JSON. */
export type RngState = readonly [number, number, number, number];

/**
 * A seeded source of random numbers. The same seed gives the same numbers on every machine; `normal` to the last bit only
 * where the JavaScript engines' `Math.log` and `Math.cos` agree.
 */
export interface Rng {
  /** Uniform in [0, 1), 32 bits of it. */
  readonly uniform: () => number;
  /** Uniform among the integers 0 … bound − 1. */
  readonly integer: (bound: number) => number;
  /** Normal with mean 0 and standard deviation 1 (Box–Muller; uses two uniforms). */
  readonly normal: () => number;
  /** The integers 0 … count − 1 in random order (Fisher–Yates). */
  readonly permutation: (count: number) => Uint32Array;
  /** What {@link restoreRng} needs to go on exactly from here. */
  readonly state: () => RngState;
}

/** An {@link Rng} from a seed (any number; its integer part, modulo 2³²). */
export function createRng(seed: number): Rng {
  // SplitMix32 spreads the seed over the four words, so that neighbouring seeds give unrelated sequences.
  let mixed = seed >>> 0;
  const next = (): number => {
    mixed = (mixed + 0x9e3779b9) >>> 0;
    let z = mixed;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  return restoreRng([next(), next(), next(), next()]);
}

/**
 * An {@link Rng} that goes on from a saved state. The generator is xoshiro128** (Blackman and Vigna 2018).
 * @throws RangeError if the state is not four unsigned 32-bit integers, or all are 0, from where the generator never leaves
 */
export function restoreRng(state: RngState): Rng {
  if (state.length !== 4 || state.some((word) => word !== word >>> 0) || state.every((word) => word === 0)) {
    throw new RangeError(`restoreRng: expected four unsigned 32-bit integers, not all 0, got [${state.join(', ')}]`);
  }
  let [a, b, c, d] = state;
  const next = (): number => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const uniform = (): number => next() / 4294967296;
  const integer = (bound: number): number => Math.floor(uniform() * bound);
  return {
    uniform,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    permutation: (count) => {
      const order = new Uint32Array(count);
      for (let i = 0; i < count; i++) {
        order[i] = i;
      }
      for (let i = count - 1; i > 0; i--) {
        const j = integer(i + 1);
        [order[i], order[j]] = [order[j], order[i]];
      }
      return order;
    },
    state: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
}
