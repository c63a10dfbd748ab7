import { cocoFigureNames, evaluateCoco, evaluateCocoMasks, type CocoEvaluation, type ImageDetections, type ImageGroundTruth } from '@rcnn/eval';
import { createRng, rleFromPolygons, type Rle, type Rng } from '@rcnn/geometry';

import { type PeerCall } from '../python-peer.ts';
import { type BenchmarkCase, type Subject } from '../subject.ts';
import { keypointCase } from './eval-keypoints.ts';
import { column, rowsOfImages } from './rows.ts';

/** The COCO figures beside pycocotools', from detections in memory. */
export const evaluation: Subject = {
  peer: 'eval.py',
  cases: () =>
    Promise.resolve([
      boxCase('evaluateCoco: 500 images, 80 classes, 100 detections each', createRng(1), 500, 3),
      maskCase('evaluateCocoMasks: 500 images, 80 classes, 100 detections each', createRng(3), 500, 3),
      keypointCase('evaluateCocoKeypoints: 5000 images, 11000 people, 20 detections each', createRng(4), 5000, 1),
      boxCase('evaluateCoco: 5000 images, 80 classes, 100 detections each', createRng(2), 5000, 1),
    ]),
};

const [imageWidth, imageHeight, classes, detectionsEach] = [640, 480, 80, 100];
const rowWidth = 7;

/** Objects and detections as rows `[image, class, x, y, width, height, crowd or score]`, numbers that float32 holds. */
interface Rows {
  readonly objects: Float32Array;
  readonly detections: Float32Array;
}

function boxCase(name: string, rng: Rng, images: number, rounds: number): BenchmarkCase {
  const { objects, detections } = drawRows(rng, images);
  const [groundTruth, found] = [groundTruthOf(objects, images), detectionsOf(detections, images)];
  return {
    ...{ name, engine: 'node', tolerance: 1e-9, rounds },
    run: () => figuresOf(evaluateCoco(groundTruth, found)),
    peer: peerCall('boxes', objects, detections, images),
  };
}

/** Objects and detections as octagons in their boxes; both sides have them as run lengths before the clock starts. */
function maskCase(name: string, rng: Rng, images: number, rounds: number): BenchmarkCase {
  const { objects, detections } = drawRows(rng, images);
  const withMasks = <Entry extends ImageGroundTruth>(entry: Entry): Entry => ({ ...entry, masks: octagons(entry.boxes) });
  const groundTruth = groundTruthOf(objects, images).map((entry) => ({ ...withMasks(entry), area: entry.boxArea ?? [] }));
  const found = detectionsOf(detections, images).map((entry) => ({ ...withMasks(entry), area: entry.boxArea ?? [] }));
  return {
    ...{ name, engine: 'node', tolerance: 1e-9, rounds },
    run: () => figuresOf(evaluateCocoMasks(groundTruth, found)),
    peer: peerCall('masks', objects, detections, images),
  };
}

function figuresOf(evaluation: CocoEvaluation): number[] {
  return cocoFigureNames.map((figure) => evaluation[figure]);
}

function peerCall(operation: string, objects: Float32Array, detections: Float32Array, images: number): PeerCall {
  const arrays = {
    objects: { data: objects, shape: [objects.length / 7, 7] },
    detections: { data: detections, shape: [detections.length / 7, 7] },
  };
  return { operation, arrays, options: { images, classes } };
}

function octagons(boxes: ArrayLike<number>): Rle[] {
  return Array.from({ length: boxes.length / 4 }, (_, i) => {
    const [x1, y1, x2, y2] = [boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]];
    const [dx, dy] = [0.25 * (x2 - x1), 0.25 * (y2 - y1)];
    const corners = [x1 + dx, y1, x2 - dx, y1, x2, y1 + dy, x2, y2 - dy, x2 - dx, y2, x1 + dx, y2, x1, y2 - dy, x1, y1 + dy];
    return rleFromPolygons([corners], imageHeight, imageWidth);
  });
}

/** As COCO's validation images: 7 objects an image on average, detections near them and anywhere. */
function drawRows(rng: Rng, images: number): Rows {
  const objects: number[] = [];
  const detections: number[] = [];
  for (let image = 0; image < images; image++) {
    const first = objects.length;
    for (let left = rng.integer(15); left > 0; left--) {
      const [width, height] = [8 + 300 * rng.uniform() ** 2, 8 + 300 * rng.uniform() ** 2];
      const [x, y] = [(imageWidth - width) * rng.uniform(), (imageHeight - height) * rng.uniform()];
      objects.push(image, 1 + rng.integer(classes), x, y, width, height, rng.uniform() < 0.01 ? 1 : 0);
    }
    const count = (objects.length - first) / 7;
    for (let i = 0; i < detectionsEach; i++) {
      const near = count > 0 && rng.uniform() < 0.4;
      const [, label, x, y, width, height] = near
        ? objects.slice(first + 7 * rng.integer(count))
        : [0, 1 + rng.integer(classes), imageWidth * rng.uniform(), imageHeight * rng.uniform(), 8 + 200 * rng.uniform(), 8 + 200 * rng.uniform()];
      const moved = (from: number, side: number): number => from + (near ? 0.08 * side * rng.normal() : 0);
      const scaled = (side: number): number => side * (near ? Math.exp(0.1 * rng.normal()) : 1);
      const score = near ? 0.2 + 0.8 * rng.uniform() : rng.uniform() ** 2;
      detections.push(image, label, moved(x, width), moved(y, height), scaled(width), scaled(height), score);
    }
  }
  return { objects: Float32Array.from(objects), detections: Float32Array.from(detections) };
}

function groundTruthOf(rows: Float32Array, images: number): ImageGroundTruth[] {
  return rowsOfImages(rows, images, rowWidth).map((part, image) => ({ image, ...columnsOf(part), crowd: column(part, 6, rowWidth) }));
}

function detectionsOf(rows: Float32Array, images: number): ImageDetections[] {
  return rowsOfImages(rows, images, rowWidth).map((part, image) => ({ image, ...columnsOf(part), scores: column(part, 6, rowWidth) }));
}

function columnsOf(rows: Float32Array): { labels: Float64Array; boxes: Float64Array; boxArea: Float64Array } {
  const boxes = new Float64Array((4 * rows.length) / 7);
  const boxArea = new Float64Array(rows.length / 7);
  for (let i = 0; i < boxArea.length; i++) {
    const [x, y, width, height] = rows.subarray(7 * i + 2, 7 * i + 6);
    boxes.set([x, y, x + width, y + height], 4 * i);
    boxArea[i] = width * height;
  }
  return { labels: column(rows, 1, rowWidth), boxes, boxArea };
}
