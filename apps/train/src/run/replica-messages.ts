import type { RngState } from '@rcnn/geometry';
import type { TrainingBatch } from '@rcnn/models';
import type { Losses } from './replica.ts';
import type { RunConfig } from './run-config.ts';

/** What a replica's thread is started with. */
export interface ReplicaSetup {
  readonly root: string;
  readonly config: RunConfig;
  readonly engine: string;
  /** Which of the `count` replicas this is. */
  readonly index: number;
  readonly count: number;
  /** Everybody's gradients, see {@link gradientViews}. */
  readonly shared: SharedArrayBuffer;
}

/** What a replica is told. */
export type ReplicaTask =
  | { readonly kind: 'compute'; readonly step: number; readonly share: TrainingBatch }
  | { readonly kind: 'apply'; readonly step: number; readonly weights: readonly number[]; readonly learningRate: number };

/** What it answers. */
export type ReplicaAnswer =
  | { readonly kind: 'computed'; readonly losses: Losses; readonly rng: RngState }
  | { readonly kind: 'applied' }
  | { readonly kind: 'failed'; readonly message: string };

/** Bytes of shared memory for the gradients of `count` replicas, twice. */
export function sharedBytes(count: number, length: number): number {
  return 2 * count * length * 4;
}

/**
 * Where each replica's gradients of a step lie. Odd and even steps have places of their own, so that one replica may
 * write while another still reads those of the step before.
 */
export function gradientViews(shared: SharedArrayBuffer, count: number, length: number, step: number): Float32Array[] {
  const first = (step % 2) * count;
  return Array.from({ length: count }, (_, r) => new Float32Array(shared, (first + r) * length * 4, length));
}
