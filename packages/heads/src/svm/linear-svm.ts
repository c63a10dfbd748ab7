import { addScaled, denseRows, dot, squaredNorm, type Features } from './dense-rows.ts';
import type { Rng } from '@rcnn/geometry';

/** A linear classifier: the score of features x is `weights · x + bias`, above 0 for the class. */
export interface LinearSvm {
  readonly weights: Float32Array; // [D]
  readonly bias: number;
}

/** What {@link trainLinearSvm} gives. */
export interface TrainedLinearSvm extends LinearSvm {
  /** The dual variables, one an example: `initial` of the next training. Above 0 for the support vectors. */
  readonly alphas: Float64Array;
  /** Passes over the examples, shrunk ones included. */
  readonly passes: number;
  /** Whether `tolerance` was reached within `maxPasses`. */
  readonly converged: boolean;
}

/** Options of {@link trainLinearSvm}; R-CNN's by default, which are liblinear's `-s 3 -c .001 -w1 2 -B 10`. */
export interface LinearSvmOptions {
  /** C, the cost of a violated margin. */
  readonly cost?: number;
  /** A positive's cost is this times C. */
  readonly positiveWeight?: number;
  /** The constant feature behind the others, whose weight times itself is the bias; 0 for no bias. */
  readonly biasMultiplier?: number;
  /** Ends when the projected gradients of all dual variables are within this of each other (liblinear's `-e`). */
  readonly tolerance?: number;
  readonly maxPasses?: number;
  /** Dual variables to start from, one an example, such as those of an earlier training; zeros by default. */
  readonly initial?: Float64Array;
}

/**
 * A linear support vector machine by dual coordinate descent with shrinking (Hsieh et al. 2008, algorithm 3):
 * `min ½ ‖(w, v)‖² + Σ Cᵢ max(0, 1 − yᵢ (w · xᵢ + v B))`, bias `b = v B`; the features' constant B is regularised with them
 * as in liblinear. One example at a time is moved to where it is best: `αᵢ ← clamp(αᵢ − G / Qᵢᵢ, 0, Cᵢ)`.
 * @param features n rows of D numbers: one array, or several of whole rows, never copied
 * @param labels n of them, 1 for the class and −1 for everything else
 * @throws RangeError if features and labels do not fit together, a label is neither 1 nor −1, or an option is out of range
 */
export function trainLinearSvm(
  features: Features,
  labels: ArrayLike<number>,
  {
    cost = 1e-3, positiveWeight = 2, biasMultiplier = 10, tolerance = 1e-4, maxPasses = 1000, initial,
  }: LinearSvmOptions,
  rng: Rng,
): TrainedLinearSvm {
  const { rows, dimensions } = denseRows('trainLinearSvm', features, labels.length);
  const count = rows.length;
  if (!(cost > 0 && positiveWeight > 0 && tolerance > 0 && biasMultiplier >= 0)) {
    throw new RangeError(`trainLinearSvm: expected cost, positiveWeight and tolerance above 0, got ${cost}, ${positiveWeight}, ${tolerance}`);
  }
  if (initial !== undefined && initial.length !== count) {
    throw new RangeError(`trainLinearSvm: expected an initial dual variable for each of ${count} examples, got ${initial.length}`);
  }
  const limits = new Float64Array(count);
  const squares = new Float64Array(count);
  const alphas = new Float64Array(count);
  const weights = new Float64Array(dimensions);
  let constant = 0; // v, the weight of the constant feature
  for (let i = 0; i < count; i++) {
    if (labels[i] !== 1 && labels[i] !== -1) {
      throw new RangeError(`trainLinearSvm: expected labels 1 and -1, got ${labels[i]} at ${i}`);
    }
    limits[i] = labels[i] === 1 ? cost * positiveWeight : cost;
    squares[i] = squaredNorm(rows[i]) + biasMultiplier ** 2;
    alphas[i] = Math.min(Math.max(initial?.[i] ?? 0, 0), limits[i]);
    if (alphas[i] > 0) {
      addScaled(weights, alphas[i] * labels[i], rows[i]);
      constant += alphas[i] * labels[i] * biasMultiplier;
    }
  }

  // The first `active` of `order` take part; an example at a bound, from where its gradient points well outside, is put aside.
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  let active = count;
  let [lowest, highest] = [-Infinity, Infinity]; // the last pass's extreme projected gradients: beyond them, put aside
  let passes = 0;
  let converged = false;
  while (passes < maxPasses && !converged) {
    passes++;
    for (let s = 0; s < active; s++) {
      const other = s + rng.integer(active - s);
      [order[s], order[other]] = [order[other], order[s]];
    }
    let [least, greatest] = [Infinity, -Infinity];
    for (let s = 0; s < active; s++) {
      const i = order[s];
      const label = labels[i];
      const gradient = label * (dot(rows[i], weights) + constant * biasMultiplier) - 1;
      const atZero = alphas[i] === 0;
      const atLimit = alphas[i] === limits[i];
      if ((atZero && gradient > highest) || (atLimit && gradient < lowest)) {
        active--;
        [order[s], order[active]] = [order[active], order[s]];
        s--;
        continue;
      }
      const projected = (atZero && gradient > 0) || (atLimit && gradient < 0) ? 0 : gradient;
      least = Math.min(least, projected);
      greatest = Math.max(greatest, projected);
      if (Math.abs(projected) > 1e-12 && squares[i] > 0) {
        const before = alphas[i];
        alphas[i] = Math.min(Math.max(before - gradient / squares[i], 0), limits[i]);
        const change = (alphas[i] - before) * label;
        addScaled(weights, change, rows[i]);
        constant += change * biasMultiplier;
      }
    }
    // With no active example left the extremes are infinite, and the difference minus infinity.
    if (greatest - least <= tolerance) {
      converged = active === count;
      active = count; // once more over all of them, nothing put aside
      [lowest, highest] = [-Infinity, Infinity];
    } else {
      lowest = least < 0 ? least : -Infinity;
      highest = greatest > 0 ? greatest : Infinity;
    }
  }
  return { weights: Float32Array.from(weights), bias: constant * biasMultiplier, alphas, passes, converged };
}
