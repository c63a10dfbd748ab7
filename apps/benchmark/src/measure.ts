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
export async function measure(work: BenchmarkCase, peer: PythonPeer | null, effort: Effort = {}): Promise<Row> {
  await work.open?.();
  try {
    return await measureOpen(work, peer, effort);
  } finally {
    work.close?.();
  }
}

async function measureOpen(
  { name, engine, run, result: fetch, finish, operations, peer: call, tolerance = 0, rounds: ownRounds, duration: ownDuration }: BenchmarkCase,
  peer: PythonPeer | null,
  { rounds = ownRounds ?? 7, duration = ownDuration ?? 2000, mostRounds = 101, warmUp = Math.min(300, ownDuration ?? 300) }: Effort,
): Promise<Row> {
  const opponent = call === null ? null : peer;
  const once = async (): Promise<PeerResult> => {
    const result = run();
    if (finish !== undefined) await finish();
    return result;
  };
  const warmUpEnd = performance.now() + warmUp;
  let result = await once();
  while (performance.now() < warmUpEnd) {
    result = await once();
  }
  if (opponent !== null && call !== null) {
    await opponent.prepare(call);
    await opponent.time();
    compare(name, fetch?.() ?? result, await opponent.result(), tolerance);
  }
  const ours: number[] = [];
  const theirs: number[] = [];
  const end = performance.now() + duration;
  while (ours.length < rounds || (performance.now() < end && ours.length < mostRounds)) {
    const start = performance.now();
    run();
    if (finish !== undefined) await finish();
    ours.push(performance.now() - start);
    if (opponent !== null) {
      theirs.push(await opponent.time());
    }
  }
  const ms = median(ours);
  const peerMs = opponent === null ? null : median(theirs);
  const rates = operations === undefined ? {} : { gflops: operations / ms / 1e6, peerGflops: peerMs === null ? null : operations / peerMs / 1e6 };
  return { name, engine, ms, peer: opponent?.name ?? null, peerMs, ratio: peerMs === null ? null : peerMs / ms, ...rates };
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
