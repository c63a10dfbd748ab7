import { type PeerCall, type PythonPeer } from './python-peer.ts';

/** One row to be: a piece of work, and how a peer does the same. */
export interface BenchmarkCase {
  readonly name: string;
  /** What runs ours: `node`, or the name of a tfjs backend. */
  readonly engine: string;
  /** Called once before the first run, and `close` after the last: an engine, tensors. */
  readonly open?: () => Promise<void>;
  readonly close?: () => void;
  /** The work. What it returns is compared with the peer's result; where there is no peer, with nothing. */
  readonly run: () => PeerResult;
  /** What to compare of the last run in place of what it returned, where fetching it is not part of the work. */
  readonly result?: () => PeerResult;
  /** Waits for the work to be done, where `run` only begins it. */
  readonly finish?: () => Promise<unknown>;
  /** Floating-point operations of one run, of the plain algorithm. */
  readonly operations?: number;
  /** The same work in the subject's peer; null if it has none. */
  readonly peer: PeerCall | null;
  /** How far each number of the result may be from the peer's; 0 if left out. */
  readonly tolerance?: number;
  /** How many rounds to measure at least, where the peer takes long. */
  readonly rounds?: number;
  /** For how many milliseconds to measure, where there are many rows. */
  readonly duration?: number;
}

/** A result as numbers, in the order that ours and the peer agree on. */
export type PeerResult = ArrayLike<number>;

/** What `pnpm bench NAME` measures. */
export interface Subject {
  /** The Python file, in `peers/`, that offers the peer's operations; none where the rows' peers are our own. */
  readonly peer?: string;
  /** Makes the cases; a subject that prepares an engine does it here. */
  readonly cases: () => Promise<readonly BenchmarkCase[]>;
  /** Rows that are not the time of one piece of work alone. */
  readonly figures?: (peer: PythonPeer | null) => Promise<readonly Row[]>;
}

/** One measured row; times in milliseconds, `ratio = peerMs / ms`; the peer's fields are null where it is not installed. */
export interface Row {
  readonly name: string;
  readonly engine: string;
  readonly ms: number;
  readonly peer: string | null;
  readonly peerMs: number | null;
  readonly ratio: number | null;
  /** Thousand million operations a second, ours and the peer's, where the case says how many there are. */
  readonly gflops?: number;
  readonly peerGflops?: number | null;
  /** What the papers say of the same, on other hardware: milliseconds, and the ratio to the same peer. */
  readonly published?: { readonly ms: number; readonly ratio: number | null; readonly source: string };
  /** Of proposals: what the first so many boxes recall at IoU .5 and .7, and their mean average best overlap; ours and the peer's. */
  readonly recall?: Recall;
  readonly peerRecall?: Recall | null;
}

/** How much of the ground truth some number of boxes an image find. */
export interface Recall {
  readonly boxes: number;
  readonly at50: number;
  readonly at70: number;
  readonly mabo: number;
}
