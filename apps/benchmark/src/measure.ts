import { type PythonPeer } from './python-peer.ts';
import { type BenchmarkCase, type PeerResult, type Row } from './subject.ts';

/** How long to measure one case. */
export interface Effort {
  /** Rounds at least, and until this many milliseconds have passed; at most `mostRounds`. */
  readonly rounds?: number;
  readonly duration?: number;
  readonly mostRounds?: number;
  /** How long ours runs unmeasured, for the compiler to warm up; the peer runs once. */
  readonly warmUp?: number;
}

/**
 * One row: ours and the peer in turn (ours, peer, ours, peer, …), the median time of each.
 * @throws Error if the results of ours and the peer differ
 */
export async function measure(
  { name, engine, run, peer: call, tolerance = 0, rounds: ownRounds }: BenchmarkCase,
  peer: PythonPeer | null,
  { rounds = ownRounds ?? 7, duration = 2000, mostRounds = 101, warmUp = 300 }: Effort = {},
): Promise<Row> {
  const opponent = call === null ? null : peer;
  const warmUpEnd = performance.now() + warmUp;
  let result = run();
  while (performance.now() < warmUpEnd) {
    result = run();
  }
  if (opponent !== null && call !== null) {
    await opponent.prepare(call);
    await opponent.time();
    compare(name, result, await opponent.result(), tolerance);
  }
  const ours: number[] = [];
  const theirs: number[] = [];
  const end = performance.now() + duration;
  while (ours.length < rounds || (performance.now() < end && ours.length < mostRounds)) {
    const start = performance.now();
    run();
    ours.push(performance.now() - start);
    if (opponent !== null) {
      theirs.push(await opponent.time());
    }
  }
  const ms = median(ours);
  if (opponent === null) {
    return { name, engine, ms, peer: null, peerMs: null, ratio: null };
  }
  const peerMs = median(theirs);
  return { name, engine, ms, peer: opponent.name, peerMs, ratio: peerMs / ms };
}

/** The middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2;
}

function compare(name: string, ours: PeerResult, theirs: PeerResult, tolerance: number): void {
  if (ours.length !== theirs.length) {
    throw new Error(`${name}: results differ: ${ours.length} numbers, the peer ${theirs.length}`);
  }
  for (let i = 0; i < ours.length; i++) {
    if (!(Math.abs(ours[i] - theirs[i]) <= tolerance)) {
      throw new Error(`${name}: results differ: ${ours[i]} at ${i}, the peer ${theirs[i]}`);
    }
  }
}
