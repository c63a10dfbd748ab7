import { createRng } from '@rcnn/geometry';
import { applyLinearMap, ridge, svmScores, trainLinearSvm } from '@rcnn/heads';
import { type BenchmarkCase, type Subject } from '../subject.ts';

/** R-CNN's linear SVMs beside liblinear, and its ridge regression beside LAPACK. */
export const svm: Subject = {
  peer: 'svm.py',
  cases: () =>
    Promise.resolve([
      svmCase(2000, 512, 1e-4),
      svmCase(3000, 4096, 1e-4),
      svmCase(3000, 4096, 0.1),
      ridgeCase(1500, 512),
      ridgeCase(300, 2048),
    ]),
};

function svmCase(count: number, dimensions: number, tolerance: number): BenchmarkCase {
  const { features, labels } = examples(count, dimensions);
  return {
    name: `linear SVM, ${count} × ${dimensions}, tolerance ${tolerance}`,
    engine: 'node',
    run: () => svmScores([trainLinearSvm(features, labels, { tolerance }, createRng(1))], features),
    peer: {
      operation: 'svm',
      arrays: { features: { data: features, shape: [count, dimensions] }, labels: { data: labels, shape: [count] } },
      options: { tolerance },
    },
    tolerance: Math.max(1e-3, tolerance), // of the decision values; at .1 both stop where they are
    rounds: 3,
  };
}

function ridgeCase(count: number, dimensions: number): BenchmarkCase {
  const { features } = examples(count, dimensions);
  const rng = createRng(7);
  const targets = Float32Array.from({ length: 4 * count }, rng.normal);
  return {
    name: `ridge regression, ${count} × ${dimensions}, λ 1000`,
    engine: 'node',
    run: () => applyLinearMap(ridge(features, targets, count), features),
    peer: {
      operation: 'ridge',
      arrays: { features: { data: features, shape: [count, dimensions] }, targets: { data: targets, shape: [count, 4] } },
      options: { regularization: 1000 },
    },
    tolerance: 1e-5,
    rounds: 3,
  };
}

/** Features as ReLUs leave them, half of them 0, of norm 20; one in fifty positive. */
function examples(count: number, dimensions: number): { features: Float32Array; labels: Int32Array } {
  const rng = createRng(count + dimensions);
  const direction = Float64Array.from({ length: dimensions }, rng.normal);
  const features = new Float32Array(count * dimensions);
  const projections = Float64Array.from({ length: count }, (_, i) => {
    const row = Float64Array.from({ length: dimensions }, () => Math.max(rng.normal(), 0));
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    features.set(row.map((value) => (20 * value) / norm), i * dimensions);
    return row.reduce((sum, value, d) => sum + value * direction[d], 0);
  });
  const bar = projections.toSorted((a, b) => b - a)[Math.floor(count / 50)];
  return { features, labels: Int32Array.from(projections, (value) => (value > bar ? 1 : -1)) };
}
