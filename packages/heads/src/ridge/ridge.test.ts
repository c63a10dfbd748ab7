import { asBoxes } from '@rcnn/geometry';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noise } from '@rcnn/tooling/testing/noise';
import { describe, expect, it } from 'vitest';
import golden from '../fixtures/svm.json' with { type: 'json' };
import { applyBoxRegressor, applyLinearMap, boxRegressionPairs, ridge, ridgeAccumulator, trainBoxRegressor } from '../index.ts';
import { cholesky, solveCholesky } from './cholesky.ts';
import { rowGram } from './row-gram.ts';

const featuresOf = (count: number, dimensions: number, seed: number): Float32Array => noise([count, dimensions], seed).map((value) => Math.max(value * 20, 0));

describe('ridge regression', () => {
  it.each(golden.ridge)("predicts what R-CNN's own steps do in float64, $count examples of $dimensions features, λ $lambda", (example) => {
    const { count, dimensions, seed, lambda } = example;
    const [features, targets] = [featuresOf(count, dimensions, seed), floats(example.targets)];
    expectNear(applyLinearMap(ridge(features, targets, count, { lambda }), features), floats(example.predictions), 1e-5);
    const sums = ridgeAccumulator(dimensions, 4);
    for (let from = 0; from < count; from += 17) {
      const to = Math.min(from + 17, count);
      sums.add(features.subarray(from * dimensions, to * dimensions), targets.subarray(4 * from, 4 * to));
    }
    expect(sums.count()).toBe(count);
    expectNear(applyLinearMap(sums.solve({ lambda }), features), floats(example.predictions), 1e-5);
  });

  it('is at the minimum of its objective', () => {
    const [features, targets] = [featuresOf(50, 1100, 3), noise([50, 1], 4)];
    // More features than a block of the sums holds.
    const sums = ridgeAccumulator(1100, 1);
    sums.add(features, targets);
    const found = sums.solve({ lambda: 100 });
    const dual = ridge(features, targets, 50, { lambda: 100 });
    expectNear(found.weights, dual.weights, 1e-6);
    expectNear(found.bias, dual.bias, 1e-6);
    // Its gradient, literally: Aᵀ(A w − (y − μ)) + λ w.
    const mean = targets.reduce((sum, value) => sum + value, 0) / 50;
    const residuals = applyLinearMap(found, features).map((value, i) => value - targets[i]);
    for (const d of [0, 500, 1099]) {
      const slope = residuals.reduce((sum, residual, i) => sum + residual * features[1100 * i + d], 0);
      expect(Math.abs(slope + 100 * found.weights[d])).toBeLessThan(1e-3);
    }
    expect(Math.abs(residuals.reduce((sum, value) => sum + value, 0) + 100 * (found.bias[0] - mean))).toBeLessThan(1e-3);
  });

  it('refuses bad arguments in one line', () => {
    expect(() => ridge(new Float32Array(7), [1, 2], 2)).toThrow('ridge: expected whole rows of features and targets of 2 examples, got 7 and 2');
    expect(() => ridgeAccumulator(3, 4).add(new Float32Array(6), [1, 2])).toThrow('ridgeAccumulator: expected 3 features and 4 targets an example, got 6 and 2');
    expect(() => ridgeAccumulator(3, 4).solve()).toThrow('ridgeAccumulator: expected at least one example, got none');
    expect(() => applyLinearMap({ weights: new Float32Array(6), bias: new Float32Array(2) }, new Float32Array(4))).toThrow('applyLinearMap: expected whole rows of 3 features, got 4 numbers');
  });
});

describe('the products of rows', () => {
  it.each([[1, 3], [4, 512], [7, 1100], [10, 40]])('are the literal sums, %i rows of %i', (count, dimensions) => {
    const numbers = noise([count, dimensions], 12);
    const rows = Array.from({ length: count }, (_, i) => numbers.subarray(i * dimensions, (i + 1) * dimensions));
    const literal = Float64Array.from({ length: count * count }, (_, at) => {
      const [i, j] = [Math.floor(at / count), at % count];
      return j > i ? 0 : rows[i].reduce((sum, value, d) => sum + value * rows[j][d], 0);
    });
    expectNear(rowGram(rows, dimensions), literal, 1e-10);
  });
});

describe("Cholesky's factor", () => {
  it.each([1, 3, 16, 50])('times its transpose is the matrix, of %i rows, and it solves the equation', (n) => {
    const root = noise([n, n + 3], 9);
    const matrix = Float64Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return Array.from({ length: n + 3 }, (__, k) => root[i * (n + 3) + k] * root[j * (n + 3) + k]).reduce((a, b) => a + b, i === j ? 0.1 : 0);
    });
    const factor = matrix.slice();
    cholesky(factor, n);
    const product = matrix.map((_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return Array.from({ length: Math.min(i, j) + 1 }, (__, k) => factor[i * n + k] * factor[j * n + k]).reduce((a, b) => a + b, 0);
    });
    expectNear(product, matrix, 1e-12);
    const right = Float64Array.from(noise([n, 2], 10));
    const solution = right.slice();
    solveCholesky(factor, n, solution, 2);
    const back = right.map((_, at) => matrix.subarray(Math.floor(at / 2) * n, (Math.floor(at / 2) + 1) * n).reduce((sum, value, k) => sum + value * solution[2 * k + (at % 2)], 0));
    expectNear(back, right, 1e-9);
  });

  it('does not exist of a matrix that is not positive definite', () => {
    expect(() => cholesky(Float64Array.of(1, 0, 2, 1), 2)).toThrow('cholesky: expected a positive definite matrix, got -3 as pivot 1 of 2');
  });
});

describe('the box regressor', () => {
  it('learns the shift that the features tell of, and moves regions by it within the image', () => {
    const features = noise([300, 3], 20);
    // The object is a quarter of the region's side further right for each unit of the first feature.
    const regions = asBoxes(Array.from({ length: 300 }, (_, i) => [50 + i, 20, 90 + i, 60]).flat());
    const objects = asBoxes(Array.from({ length: 300 }, (_, i) => [50 + i + 10 * features[3 * i], 20, 90 + i + 10 * features[3 * i], 60]).flat());
    const regressor = trainBoxRegressor(features, regions, objects, { lambda: 1e-3 });
    const moved = applyBoxRegressor(regressor, Float32Array.of(0.4, 0, 0, -0.4, 0, 0), asBoxes([0, 0, 40, 40, 0, 0, 40, 40]), { width: 42, height: 100 });
    expectNear(moved, [4, 0, 42, 40, 0, 0, 36, 40], 1e-2);
  });

  it('is trained on regions with the object of the class they overlap most, above .6', () => {
    const regions = asBoxes([0, 0, 10, 10, 0, 0, 10, 5.9, 0, 0, 10, 6.5, 50, 50, 60, 60, 1, 0, 11, 10]);
    const objects = { boxes: asBoxes([0, 0, 10, 10, 2, 0, 12, 10, 50, 50, 60, 60]), labels: Int32Array.of(1, 1, 2) };
    const { regions: near, objects: of } = boxRegressionPairs(regions, objects, 1);
    expect([...near]).toEqual([0, 2, 4]);
    expect([...of]).toEqual([0, 0, 0]);
    expect([...boxRegressionPairs(regions, objects, 1, { overlap: 0.5 }).regions]).toEqual([0, 1, 2, 4]);
    // In whole pixels 11 · 6.9 of 11 · 11 are above .6.
    expect([...boxRegressionPairs(regions, objects, 1, { extent: 1 }).regions]).toEqual([0, 1, 2, 4]);
    expect(boxRegressionPairs(regions, objects, 3).regions.length).toBe(0);
  });
});
