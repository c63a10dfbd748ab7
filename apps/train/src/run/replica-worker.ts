// A thread with one replica: computes gradients of its share when told, and applies everybody's.
import { parentPort, workerData } from 'node:worker_threads';
import { asEngineName, prepareEngine } from '@rcnn/engine';
import { createReplica } from './replica.ts';
import { gradientViews, type ReplicaAnswer, type ReplicaSetup, type ReplicaTask } from './replica-messages.ts';
import { runDirectory } from './run-directory.ts';

const { root, config, engine, index, count, shared } = workerData as ReplicaSetup;
await prepareEngine({ engine: asEngineName(engine) });
const replica = createReplica(runDirectory(root), config, index);

function carryOut(task: ReplicaTask): ReplicaAnswer {
  const views = gradientViews(shared, count, replica.length, task.step);
  if (task.kind === 'apply') {
    replica.apply(views, task.weights, task.learningRate);
    return { kind: 'applied' };
  }
  return { kind: 'computed', losses: replica.compute(task.share, views[index]), rng: replica.rngState() };
}

parentPort?.on('message', (task: ReplicaTask) => {
  try {
    parentPort?.postMessage(carryOut(task));
  } catch (error) {
    parentPort?.postMessage({ kind: 'failed', message: (error as Error).message } satisfies ReplicaAnswer);
  }
});
