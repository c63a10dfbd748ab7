import {
  asBoxes,
  batchedNms,
  boxCount,
  boxIou,
  concatBoxes,
  createRng,
  matchBoxes,
  nms,
  pasteMaskRle,
  rleArea,
  takeBoxes,
  type Boxes,
  type Matches,
  type Rng,
} from '@rcnn/geometry';

import { type PeerArray } from '../python-peer.ts';
import { type BenchmarkCase, type Subject } from '../subject.ts';

const [imageWidth, imageHeight] = [1333, 800];

/** Suppression, IoU, matching and pasting of masks beside torchvision's operators. */
export const geometry: Subject = {
  peer: 'geometry.py',
  cases: () =>
    Promise.resolve([
      nmsCase('nms, 6000 boxes at .7: proposals around 30 objects', proposals(createRng(1), 6000)),
      nmsCase('nms, 6000 boxes at .7: anywhere', boxesAnywhere(createRng(2), 6000, 16, 216)),
      nmsCase('nms, 6000 boxes at .7: huge and tiny', hugeAndTiny(createRng(3), 6000)),
      nmsCase('nms, 6000 boxes at .7: one centre, all sizes', concentric(createRng(4), 6000)),
      nmsCase('nms, 6000 boxes at .7: all the same', asBoxes(new Float32Array(24000).map((_, i) => 10 * (1 + (i % 4))))),
      batchedNmsCase(createRng(5)),
      boxIouCase(createRng(6)),
      matchCase(createRng(7)),
      pasteCase(createRng(8)),
    ]),
};

function nmsCase(name: string, boxes: Boxes): BenchmarkCase {
  const scores = randomScores(createRng(0), boxCount(boxes));
  const options = { threshold: 0.7 };
  return {
    name,
    engine: 'node',
    run: () => nms(boxes, scores, options),
    peer: { operation: 'nms', arrays: { boxes: boxArray(boxes), scores: { data: scores, shape: [scores.length] } }, options },
  };
}

function batchedNmsCase(rng: Rng): BenchmarkCase {
  const boxes = proposals(rng, 1000);
  const scores = randomScores(rng, 1000);
  const labels = new Int32Array(1000).map(() => rng.integer(20));
  const options = { threshold: 0.5 };
  const arrays = { boxes: boxArray(boxes), scores: { data: scores, shape: [1000] }, labels: { data: labels, shape: [1000] } };
  return {
    name: 'batchedNms, 1000 boxes in 20 classes at .5',
    engine: 'node',
    run: () => batchedNms(boxes, scores, labels, options),
    peer: { operation: 'batchedNms', arrays, options },
  };
}

function boxIouCase(rng: Rng): BenchmarkCase {
  const [a, b] = [proposals(rng, 2000), proposals(rng, 100)];
  return {
    name: 'boxIou, 2000 × 100',
    engine: 'node',
    run: () => boxIou(a, b),
    peer: { operation: 'boxIou', arrays: { a: boxArray(a), b: boxArray(b) }, options: {} },
  };
}

function matchCase(rng: Rng): BenchmarkCase {
  const groundTruth = boxesAnywhere(rng, 50, 24, 300);
  const candidates = takeBoxes(pyramidAnchors(), Array.from({ length: 200_000 }, (_, i) => i));
  const options = { foreground: 0.7, background: 0.3 };
  return {
    name: 'matchBoxes, 200 000 anchors to 50 boxes',
    engine: 'node',
    run: () => perCandidate(matchBoxes(groundTruth, candidates, { ...options, lowQuality: true }), 200_000),
    peer: {
      operation: 'matchBoxes',
      arrays: { groundTruth: boxArray(groundTruth), candidates: boxArray(candidates) },
      options,
    },
  };
}

function pasteCase(rng: Rng): BenchmarkCase {
  const [count, side] = [100, 28];
  const boxes = boxesAnywhere(rng, count, 16, 300);
  // Smooth blobs, as mask heads give them.
  const masks = new Float32Array(count * side * side).map((_, i) => {
    const [x, y] = [(i % side) / side - 0.5, (Math.floor(i / side) % side) / side - 0.5];
    return 1 / (1 + Math.exp(20 * (x * x + 2 * y * y + 0.1 * x * y) - 3));
  });
  return {
    name: '100 masks pasted into 1333 × 800 and cut at .5',
    engine: 'node',
    run: () =>
      Array.from({ length: count }, (_, i) =>
        rleArea(pasteMaskRle(masks.subarray(i * side * side, (i + 1) * side * side), takeBoxes(boxes, [i]), imageHeight, imageWidth)),
      ),
    peer: {
      operation: 'pasteMasks',
      arrays: { masks: { data: masks, shape: [count, 1, side, side] }, boxes: boxArray(boxes) },
      options: { height: imageHeight, width: imageWidth },
    },
    tolerance: 2, // pixels that are .5 to the last bit
  };
}

/** torchvision's form of a match: the ground truth of each candidate, -1 if it is negative, -2 if ignored. */
function perCandidate({ positives, negatives, groundTruth }: Matches, count: number): Int32Array {
  const matches = new Int32Array(count).fill(-2);
  for (const i of negatives) {
    matches[i] = -1;
  }
  for (let at = 0; at < positives.length; at++) {
    matches[positives[at]] = groundTruth[at];
  }
  return matches;
}

function boxArray(boxes: Boxes): PeerArray {
  return { data: boxes, shape: [boxCount(boxes), 4] };
}

function randomScores(rng: Rng, count: number): Float32Array {
  return new Float32Array(count).map(() => rng.uniform());
}

function draw(count: number, box: () => readonly [x: number, y: number, width: number, height: number]): Boxes {
  const boxes = new Float32Array(4 * count);
  for (let i = 0; i < boxes.length; i += 4) {
    const [x, y, width, height] = box();
    boxes.set([x, y, x + width, y + height], i);
  }
  return asBoxes(boxes);
}

function boxesAnywhere(rng: Rng, count: number, shortest: number, longest: number): Boxes {
  const side = (): number => shortest + (longest - shortest) * rng.uniform();
  return draw(count, () => [imageWidth * rng.uniform(), imageHeight * rng.uniform(), side(), side()]);
}

/** What an RPN proposes: boxes scattered in place and size around the objects of an image. */
function proposals(rng: Rng, count: number): Boxes {
  const objects = boxesAnywhere(rng, 30, 40, 300);
  return draw(count, () => {
    const [x1, y1, x2, y2] = takeBoxes(objects, [rng.integer(30)]);
    const width = (x2 - x1) * Math.exp(0.25 * rng.normal());
    const height = (y2 - y1) * Math.exp(0.25 * rng.normal());
    return [x1 + 0.2 * (x2 - x1) * rng.normal(), y1 + 0.2 * (y2 - y1) * rng.normal(), width, height];
  });
}

function hugeAndTiny(rng: Rng, count: number): Boxes {
  return draw(count, () =>
    rng.uniform() < 0.5
      ? [50 * rng.uniform(), 50 * rng.uniform(), 900 + 50 * rng.uniform(), 700 + 50 * rng.uniform()]
      : [imageWidth * rng.uniform(), imageHeight * rng.uniform(), 1 + 3 * rng.uniform(), 1 + 3 * rng.uniform()],
  );
}

function concentric(rng: Rng, count: number): Boxes {
  return draw(count, () => {
    const [width, height] = [Math.exp(7 * rng.uniform()), Math.exp(7 * rng.uniform())];
    return [(imageWidth - width) / 2, (imageHeight - height) / 2, width, height];
  });
}

/** The anchors of a feature pyramid: strides 64 to 4, sides 8 strides, three aspect ratios. */
function pyramidAnchors(): Boxes {
  const levels = [64, 32, 16, 8, 4].map((stride) => {
    const [columns, rows] = [Math.ceil(imageWidth / stride), Math.ceil(imageHeight / stride)];
    let i = 0;
    return draw(3 * columns * rows, () => {
      const [column, row, shape] = [Math.floor(i / 3) % columns, Math.floor(i / 3 / columns), Math.SQRT2 ** ((i % 3) - 1)];
      i++;
      const [width, height] = [(8 * stride) / shape, 8 * stride * shape];
      return [stride * column - width / 2, stride * row - height / 2, width, height];
    });
  });
  return concatBoxes(levels);
}
