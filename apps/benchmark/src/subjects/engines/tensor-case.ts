import { prepareEngine, type EngineName } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';

import { type BenchmarkCase } from '../../subject.ts';
import { type PeerArray } from '../../python-peer.ts';

/** Seeded numbers of mean 0 and the given deviation. */
export function noise(seed: number, shape: readonly number[], deviation = 1): PeerArray {
  const rng = createRng(seed);
  const count = shape.reduce((product, side) => product * side, 1);
  // Twelve uniforms would be normal enough; two are enough for a benchmark.
  const data = new Float32Array(count).map(() => deviation * Math.sqrt(6) * (rng.uniform() + rng.uniform() - 1));
  return { data, shape };
}

/** Work on tensors: what a case needs beside its name and its peer. */
export interface TensorWork {
  readonly engine: EngineName;
  /** Tensors by name, made anew for each engine. */
  readonly inputs: () => Readonly<Record<string, PeerArray>>;
  readonly compute: (inputs: Readonly<Record<string, tf.Tensor>>) => tf.Tensor;
}

/** The parts of a case that computes tensors from tensors: opened on its engine, results kept until the next run. */
export function tensorCase({ engine, inputs, compute }: TensorWork): Pick<BenchmarkCase, 'engine' | 'open' | 'close' | 'run' | 'result'> {
  let tensors: Record<string, tf.Tensor> = {};
  let output: tf.Tensor | undefined;
  return {
    engine,
    open: async () => {
      await prepareEngine({ engine });
      tensors = Object.fromEntries(Object.entries(inputs()).map(([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]));
    },
    run: () => {
      output?.dispose();
      output = tf.tidy(() => compute(tensors));
      return [];
    },
    result: () => output?.dataSync() ?? [],
    close: () => {
      tf.dispose([output, tensors]);
      output = undefined;
      tensors = {};
    },
  };
}
