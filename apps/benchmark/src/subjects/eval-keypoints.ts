import { cocoKeypointFigureNames, cocoKeypointSigmas, evaluateCocoKeypoints, type ImageDetections, type ImageGroundTruth } from '@rcnn/eval';
import { type Rng } from '@rcnn/geometry';

import { type BenchmarkCase } from '../subject.ts';
import { column, rowsOfImages } from './rows.ts';

const [imageWidth, imageHeight, posesEach] = [640, 480, 20];
const keypointsEach = cocoKeypointSigmas.length;
/** A row is `[image, x, y, width, height, crowd or score, x, y, v, …]`. */
const poseWidth = 6 + 3 * keypointsEach;

/** Objects and detections as such rows, numbers that float32 holds. */
interface Poses {
  readonly objects: Float32Array;
  readonly detections: Float32Array;
}

/** People with most of their keypoints labelled, and poses of all degrees of likeness to theirs. */
export function keypointCase(name: string, rng: Rng, images: number, rounds: number): BenchmarkCase {
  const { objects, detections } = drawPoses(rng, images);
  const groundTruth = rowsOfImages(objects, images, poseWidth).map((rows, image): ImageGroundTruth => ({ image, ...poseColumns(rows), crowd: column(rows, 5, poseWidth) }));
  const found = rowsOfImages(detections, images, poseWidth).map((rows, image): ImageDetections => ({ image, ...poseColumns(rows), scores: column(rows, 5, poseWidth) }));
  const shape = (rows: Float32Array): number[] => [rows.length / poseWidth, poseWidth];
  return {
    ...{ name, engine: 'node', tolerance: 1e-9, rounds },
    run: () => {
      const figures = evaluateCocoKeypoints(groundTruth, found);
      return cocoKeypointFigureNames.map((figure) => figures[figure]);
    },
    peer: {
      operation: 'keypoints',
      arrays: { objects: { data: objects, shape: shape(objects) }, detections: { data: detections, shape: shape(detections) } },
      options: { images },
    },
  };
}

/** 2.2 people an image on average, one in ten without a labelled keypoint, one in a hundred a crowd. */
function drawPoses(rng: Rng, images: number): Poses {
  const objects: number[] = [];
  const detections: number[] = [];
  for (let image = 0; image < images; image++) {
    const first = objects.length;
    const count = rng.integer(5) + (rng.uniform() < 0.2 ? 1 : 0);
    for (let i = 0; i < count; i++) {
      const [width, height] = [16 + 200 * rng.uniform() ** 2, 30 + 300 * rng.uniform() ** 2];
      const [x, y] = [(imageWidth - width) * rng.uniform(), (imageHeight - height) * rng.uniform()];
      const labelled = rng.uniform() < 0.1 ? 0 : 0.8;
      objects.push(image, x, y, width, height, rng.uniform() < 0.01 ? 1 : 0);
      for (let k = 0; k < keypointsEach; k++) {
        objects.push(x + width * rng.uniform(), y + height * rng.uniform(), rng.uniform() < labelled ? 1 + rng.integer(2) : 0);
      }
    }
    for (let i = 0; i < posesEach; i++) {
      const near = count > 0 && rng.uniform() < 0.5 ? first + poseWidth * rng.integer(count) : -1;
      const [x, y, width, height] =
        near >= 0 ? objects.slice(near + 1, near + 5) : [imageWidth * rng.uniform(), imageHeight * rng.uniform(), 16 + 200 * rng.uniform(), 30 + 200 * rng.uniform()];
      const noise = (near >= 0 ? 0.02 + 0.1 * rng.uniform() : 0) * Math.sqrt(width * height);
      detections.push(image, x + noise * rng.normal(), y + noise * rng.normal(), width, height, near >= 0 ? 0.2 + 0.8 * rng.uniform() : rng.uniform() ** 2);
      for (let k = 0; k < keypointsEach; k++) {
        const at = near + 6 + 3 * k;
        const [px, py] = near >= 0 ? [objects[at], objects[at + 1]] : [x + width * rng.uniform(), y + height * rng.uniform()];
        detections.push(px + noise * rng.normal(), py + noise * rng.normal(), 1);
      }
    }
  }
  return { objects: Float32Array.from(objects), detections: Float32Array.from(detections) };
}

function poseColumns(rows: Float32Array): Pick<ImageGroundTruth, 'boxes' | 'labels' | 'boxArea' | 'keypoints'> {
  const count = rows.length / poseWidth;
  const [boxes, boxArea] = [new Float64Array(4 * count), new Float64Array(count)];
  const keypoints = new Float64Array(3 * keypointsEach * count);
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(poseWidth * i, poseWidth * (i + 1));
    boxes.set([row[1], row[2], row[1] + row[3], row[2] + row[4]], 4 * i);
    boxArea[i] = row[3] * row[4];
    keypoints.set(row.subarray(6), 3 * keypointsEach * i);
  }
  return { boxes, labels: new Int32Array(count).fill(1), boxArea, keypoints };
}
