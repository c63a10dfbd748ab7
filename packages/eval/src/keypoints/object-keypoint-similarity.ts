import type { ClassProblem } from '../class-problem.ts';
import type { ImageDetections } from '../detections.ts';
import type { ImageGroundTruth } from '../ground-truth.ts';
import type { ImageIou } from '../image-iou.ts';

/** The objects of a class as their keypoints are measured. */
export interface WantedKeypoints {
  /** K positions of each object. [G, K, 2] */
  readonly positions: Float64Array;
  /** 1 where a keypoint is labelled. [G, K] */
  readonly labelled: Uint8Array;
  /** How many of an object's keypoints are labelled. [G] */
  readonly counts: Int32Array;
}

/** The keypoints of a class's objects, K each, from the entries of their images. */
export function wantedKeypoints({ groundTruth: { start, index } }: ClassProblem, groundTruth: readonly ImageGroundTruth[], K: number): WantedKeypoints {
  const G = index.length;
  const [positions, labelled, counts] = [new Float64Array(2 * G * K), new Uint8Array(G * K), new Int32Array(G)];
  for (let image = 0; image + 1 < start.length; image++) {
    const keypoints = groundTruth[image].keypoints ?? [];
    for (let g = start[image]; g < start[image + 1]; g++) {
      for (let k = 0, from = 3 * K * index[g]; k < K; k++, from += 3) {
        positions[2 * (g * K + k)] = keypoints[from];
        positions[2 * (g * K + k) + 1] = keypoints[from + 1];
        if (keypoints[from + 2] > 0) {
          labelled[g * K + k] = 1;
          counts[g]++;
        }
      }
    }
  }
  return { positions, labelled, counts };
}

/**
 * Object keypoint similarity, in the place of an IoU: the mean of `exp(−d² / (2 · area · (2σ)²))` over the labelled keypoints of the object, d
 * being how far the detection's is away (COCO API, `computeOks`). Of an object without any, d is how far all of them are outside of its box
 * grown threefold about its middle.
 * @param sigmas of the K keypoints
 */
export function keypointSimilarity(
  problem: ClassProblem,
  { positions, labelled, counts }: WantedKeypoints,
  images: readonly ImageGroundTruth[],
  foundIn: ReadonlyMap<string | number, ImageDetections>,
  sigmas: readonly number[],
): ImageIou {
  const { start, boxes, area } = problem.groundTruth;
  const K = sigmas.length;
  const variances = Float64Array.from(sigmas, (sigma) => (2 * sigma) ** 2);
  const own = new Float64Array(2 * K);
  return (image, found, m, similarity) => {
    const keypoints = foundIn.get(images[image].image)?.keypoints ?? [];
    const [from, to] = [start[image], start[image + 1]];
    for (let i = 0, at = 0; i < m; i++) {
      const first = 3 * K * problem.detections.index[found[i]];
      for (let k = 0; k < K; k++) {
        own[2 * k] = keypoints[first + 3 * k];
        own[2 * k + 1] = keypoints[first + 3 * k + 1];
      }
      for (let g = from; g < to; g++, at++) {
        // The COCO API guards against areas of 0 so.
        const size = area[g] + Number.EPSILON;
        const [x1, y1, x2, y2] = [boxes[4 * g], boxes[4 * g + 1], boxes[4 * g + 2], boxes[4 * g + 3]];
        let sum = 0;
        for (let k = 0; k < K; k++) {
          let [dx, dy] = [0, 0];
          if (counts[g] === 0) {
            dx = outside(own[2 * k], x1, x2);
            dy = outside(own[2 * k + 1], y1, y2);
          } else if (labelled[g * K + k] === 1) {
            dx = own[2 * k] - positions[2 * (g * K + k)];
            dy = own[2 * k + 1] - positions[2 * (g * K + k) + 1];
          } else {
            continue;
          }
          sum += Math.exp(-((dx * dx + dy * dy) / variances[k] / size / 2));
        }
        similarity[at] = sum / (counts[g] === 0 ? K : counts[g]);
      }
    }
  };
}

/** How far a coordinate is outside of a range grown by its own length at either end. */
function outside(value: number, low: number, high: number): number {
  const length = high - low;
  return Math.max(0, low - length - value) + Math.max(0, value - (low + 2 * length));
}
