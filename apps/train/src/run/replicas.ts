import { Worker } from 'node:worker_threads';
import type { RngState } from '@rcnn/geometry';
import type { TrainingBatch } from '@rcnn/models';
import { createReplica, type Losses, type Replica } from './replica.ts';
import { gradientViews, sharedBytes, type ReplicaAnswer, type ReplicaSetup, type ReplicaTask } from './replica-messages.ts';
import type { RunConfig } from './run-config.ts';
import type { RunDirectory } from './run-directory.ts';

/** Replicas that learn together: one in this thread, the others each in their own. */
export interface Replicas {
  /** The one in this thread. */
  readonly own: Replica;
  /** One step on a batch, its images divided among the replicas. */
  readonly step: (step: number, batch: TrainingBatch, learningRate: number) => Promise<{ losses: Losses; gradientNorm: number }>;
  /** The states of all random generators, after the last step. */
  readonly rngStates: () => RngState[];
  readonly close: () => Promise<void>;
}

interface Peer {
  readonly ask: (task: ReplicaTask) => Promise<ReplicaAnswer>;
  readonly close: () => Promise<number>;
}

/**
 * Synchronous data-parallel training: each replica computes the gradients of its share of the batch, all add up the same
 * weighted sum and change their parameters by it, so that they stay alike.
 */
export function startReplicas(directory: RunDirectory, config: RunConfig, engine: string): Replicas {
  const count = config.training.replicas;
  const own = createReplica(directory, config, 0);
  const shared = new SharedArrayBuffer(sharedBytes(count, own.length));
  const peers = Array.from({ length: count - 1 }, (_, i) =>
    startPeer({ root: directory.root, config, engine, index: i + 1, count, shared }),
  );
  const states: RngState[] = own.resumed === undefined ? [] : [...own.resumed.rngs];
  return {
    own,
    step: async (step, batch, learningRate) => {
      const shares = divide(batch, count);
      const weights = shares.map((share) => share.images.length / batch.images.length);
      const views = gradientViews(shared, count, own.length, step);
      const asked = Promise.all(peers.map((peer, i) => peer.ask({ kind: 'compute', step, share: shares[i + 1] })));
      asked.catch(() => undefined); // reported when it is awaited, unless this thread fails first
      const computed: Computed[] = [{ losses: own.compute(shares[0], views[0]), rng: own.rngState() }];
      for (const answer of await asked) {
        if (answer.kind === 'computed') computed.push(answer);
      }
      const applied = peers.map((peer) => peer.ask({ kind: 'apply', step, weights, learningRate }));
      const gradientNorm = own.apply(views, weights, learningRate);
      await Promise.all(applied);
      computed.forEach(({ rng }, r) => (states[r] = rng));
      return { losses: mean(computed, weights), gradientNorm };
    },
    rngStates: () => [...states],
    close: async () => {
      await Promise.all(peers.map((peer) => peer.close()));
    },
  };
}

type Computed = Pick<Extract<ReplicaAnswer, { kind: 'computed' }>, 'losses' | 'rng'>;

/** Shares as equal as can be, the first ones larger. */
function divide({ images, objects }: TrainingBatch, count: number): TrainingBatch[] {
  const ends = Array.from({ length: count + 1 }, (_, r) => Math.ceil((r * images.length) / count));
  return Array.from({ length: count }, (_, r) => ({
    images: images.slice(ends[r], ends[r + 1]),
    objects: objects.slice(ends[r], ends[r + 1]),
  }));
}

/** A share without images has no losses, and no weight. */
function mean(computed: readonly Computed[], weights: readonly number[]): Losses {
  const average = (name: string): number => computed.reduce((sum, { losses }, r) => sum + weights[r] * (losses[name] ?? 0), 0);
  return Object.fromEntries(Object.keys(computed[0].losses).map((name) => [name, average(name)]));
}

function startPeer(setup: ReplicaSetup): Peer {
  const worker = startThread(setup);
  let failure: Error | undefined; // a thread may fail before it is asked anything
  let waiting: { resolve: (answer: ReplicaAnswer) => void; reject: (error: Error) => void } | undefined;
  worker.on('error', (error: Error) => {
    failure = error;
    waiting?.reject(error);
  });
  worker.on('message', (answer: ReplicaAnswer) => {
    if (answer.kind === 'failed') waiting?.reject(new Error(answer.message));
    else waiting?.resolve(answer);
  });
  return {
    ask: (task) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        if (failure === undefined) worker.postMessage(task);
        else reject(failure);
      }),
    close: () => worker.terminate(),
  };
}

/** Built, the thread's file lies beside this one; in the workspace it is TypeScript, which a thread must learn to load first. */
function startThread(workerData: ReplicaSetup): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./replica-worker.js', import.meta.url), { workerData });
  const loader = import.meta.resolve('tsx/esm/api');
  const source = new URL('./replica-worker.ts', import.meta.url).href;
  return new Worker(`import('${loader}').then(({ register }) => { register(); return import('${source}'); })`, { eval: true, workerData });
}
