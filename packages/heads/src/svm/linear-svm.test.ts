import { createRng } from '@rcnn/geometry';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noise } from '@rcnn/tooling/testing/noise';
import { describe, expect, it } from 'vitest';
import golden from '../fixtures/svm.json' with { type: 'json' };
import { featureScale, svmScores, trainLinearSvm } from '../index.ts';

function problem({ count, dimensions, seed, scale, positives }: (typeof golden.svm)[number]) {
  const features = noise([count, dimensions], seed).map((value) => value * scale);
  const labels = new Int8Array(count).fill(-1);
  positives.forEach((i) => (labels[i] = 1));
  return { features, labels };
}

/** ½ ‖(w, v)‖² + Σ Cᵢ max(0, 1 − yᵢ f(xᵢ)), word for word. */
function objective(weights: ArrayLike<number>, bias: number, features: Float32Array, labels: Int8Array, [cost, positiveWeight, multiplier]: number[]): number {
  const w = Array.from(weights);
  const losses = Array.from(labels, (label, i) => {
    const score = w.reduce((sum, value, d) => sum + value * features[i * w.length + d], bias);
    return cost * (label === 1 ? positiveWeight : 1) * Math.max(0, 1 - label * score);
  });
  return (w.reduce((sum, value) => sum + value ** 2, 0) + (bias / multiplier) ** 2) / 2 + losses.reduce((a, b) => a + b, 0);
}

describe('a linear SVM', () => {
  it.each(golden.svm)('decides as liblinear does, $count examples of $dimensions features, $options', (example) => {
    const { features, labels } = problem(example);
    const svm = trainLinearSvm(features, labels, { ...example.options, tolerance: 1e-5, maxPasses: 1e5 }, createRng(1));
    expect(svm.converged).toBe(true);
    expectNear([svm.bias], [example.bias], 1e-3);
    expectNear(svmScores([svm], features), floats(example.decisions), 1e-3);
  });

  it('decides as liblinear does with the options left as they are', () => {
    const { features, labels } = problem(golden.svm[2]);
    expectNear(svmScores([trainLinearSvm(features, labels, {}, createRng(1))], features), floats(golden.svm[2].decisions), 1e-3);
  });

  it('is at the minimum of its objective: every step away from it is up', () => {
    const { features, labels } = problem(golden.svm[1]);
    const { weights, bias } = trainLinearSvm(features, labels, { cost: 0.01, tolerance: 1e-8, maxPasses: 1e5 }, createRng(1));
    const terms = [0.01, 2, 10];
    const least = objective(weights, bias, features, labels, terms);
    const rng = createRng(5);
    for (let i = 0; i < 200; i++) {
      const moved = weights.map((weight) => weight + 0.01 * rng.normal());
      expect(objective(moved, bias + 0.1 * rng.normal(), features, labels, terms)).toBeGreaterThan(least);
    }
  });

  it('is the same for one array of all rows and for an array a row, bit for bit', () => {
    const { features, labels } = problem(golden.svm[0]);
    const rows = Array.from(labels, (_, i) => features.subarray(9 * i, 9 * i + 9));
    expect(trainLinearSvm(rows, labels, {}, createRng(3))).toEqual(trainLinearSvm(features, labels, {}, createRng(3)));
  });

  it('started from its own dual variables is done in a pass or two, and stays as it is', () => {
    const { features, labels } = problem(golden.svm[2]);
    const first = trainLinearSvm(features, labels, {}, createRng(1));
    const second = trainLinearSvm(features, labels, { initial: first.alphas }, createRng(2));
    expect(second.passes).toBeLessThan(Math.min(first.passes, 3));
    expectNear(second.weights, first.weights, 1e-5);
  });

  it('has dual variables within the costs, and its weights are their sum over the examples', () => {
    const { features, labels } = problem(golden.svm[3]);
    const { alphas, weights } = trainLinearSvm(features, labels, { cost: 0.1, positiveWeight: 3 }, createRng(1));
    alphas.forEach((alpha, i) => {
      expect(alpha).toBeGreaterThanOrEqual(0);
      expect(alpha).toBeLessThanOrEqual((labels[i] === 1 ? 3 : 1) * 0.1);
    });
    const sums = weights.map((_, d) => alphas.reduce((sum, alpha, i) => sum + alpha * labels[i] * features[150 * i + d], 0));
    expectNear(weights, sums, 1e-6);
  });

  it('learns the one class there is', () => {
    const svm = trainLinearSvm(noise([20, 5], 1), new Int8Array(20).fill(-1), { cost: 1 }, createRng(1));
    expect(Math.max(...svmScores([svm], noise([20, 5], 1)))).toBeLessThan(-0.9);
  });

  it('refuses bad arguments in one line', () => {
    const train = (features: Float32Array | Float32Array[], labels: number[], options = {}) => () => trainLinearSvm(features, labels, options, createRng(1));
    expect(train(new Float32Array(7), [1, -1])).toThrow('trainLinearSvm: expected features of 2 rows, got 7 numbers');
    expect(train([new Float32Array(5), new Float32Array(3)], [1, -1])).toThrow('trainLinearSvm: expected whole rows of 4 features, got an array of 5');
    expect(train(new Float32Array(4), [1, 0])).toThrow('trainLinearSvm: expected labels 1 and -1, got 0 at 1');
    expect(train(new Float32Array(4), [1, -1], { cost: 0 })).toThrow('trainLinearSvm: expected cost, positiveWeight and tolerance above 0, got 0, 2, 0.0001');
    expect(train(new Float32Array(4), [1, -1], { initial: new Float64Array(3) })).toThrow('expected an initial dual variable for each of 2 examples, got 3');
  });
});

describe('the scores of regions', () => {
  it.each([1, 3, 4, 7, 9])('equal the literal sums for %i classes', (classes) => {
    const features = noise([6, 11], 1);
    const svms = Array.from({ length: classes }, (_, k) => ({ weights: noise([11], 10 + k), bias: k / 2 - 1 }));
    const literal = Array.from({ length: 6 * classes }, (_, at) => {
      const { weights, bias } = svms[at % classes];
      return weights.reduce((sum, weight, d) => sum + weight * features[11 * Math.floor(at / classes) + d], bias);
    });
    expectNear(svmScores(svms, features), literal, 1e-6);
  });

  it('are none of no regions', () => {
    expect(svmScores([{ weights: new Float32Array(3), bias: 0 }], new Float32Array(0))).toEqual(new Float32Array(0));
  });

  it('need features for each weight', () => {
    expect(() => svmScores([{ weights: new Float32Array(3), bias: 0 }], new Float32Array(7))).toThrow('svmScores: expected rows of 3 features, one for each weight, got 7 numbers');
  });
});

describe('the scale of features', () => {
  it('makes their mean norm 20', () => {
    const chunks = [Float32Array.of(3, 4, 0, 0), Float32Array.of(6, 8)]; // norms 5, 0, 10
    expect(featureScale(chunks, 2)).toBeCloseTo(4, 12);
    expect(featureScale(chunks, 2, { norm: 1 })).toBeCloseTo(0.2, 12);
  });

  it('does not exist for zeros or for broken rows', () => {
    expect(() => featureScale([new Float32Array(4)], 2)).toThrow('featureScale: expected features with a mean norm above 0, got 0 over 2 rows');
    expect(() => featureScale([new Float32Array(3)], 2)).toThrow('featureScale: expected whole rows of 2 features, got an array of 3');
  });
});
