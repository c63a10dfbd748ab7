import { createRng } from '@rcnn/geometry';

/** A person_keypoints file of COCO and a results file that answers to it, as JSON. */
export interface RandomKeypoints {
  readonly groundTruth: {
    readonly images: { readonly id: number }[];
    readonly categories: { readonly id: number; readonly name: string; readonly keypoints: string[] }[];
    readonly annotations: Annotation[];
  };
  readonly results: Result[];
}

interface Annotation {
  readonly id: number;
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox: number[];
  readonly area: number;
  readonly iscrowd: number;
  readonly keypoints: number[];
  readonly num_keypoints: number;
}

interface Result {
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox?: number[];
  readonly keypoints: number[];
  readonly score: number;
}

/** How many keypoints the problems' objects have. */
export const keypointsEach = 17;

/**
 * Problem number `seed`: people, and at times a second class, of all sizes, some without a labelled keypoint, crowds, equal scores, positions on a
 * grid, images without objects or detections, now and then more than 20 detections in an image. Every other problem's results have boxes.
 */
export function randomKeypoints(seed: number): RandomKeypoints {
  const rng = createRng(5000 + seed);
  const chance = (probability: number): boolean => rng.uniform() < probability;
  const pick = <Item>(items: readonly Item[]): Item => items[rng.integer(items.length)];
  const grid = pick([1, 0.25, 0.01]);
  const snap = (value: number): number => Math.round(value / grid) * grid;
  const names = Array.from({ length: keypointsEach }, (_, k) => `keypoint ${k + 1}`);
  const categories = [7, 3].slice(0, 1 + rng.integer(2)).map((id) => ({ id, name: `class ${id}`, keypoints: names }));
  const images = Array.from({ length: 1 + rng.integer(6) }, (_, i) => ({ id: 1 + ((i * 7 + seed) % 23) }));
  const levels = pick([3, 10, 1000]); // of scores: few make for ties
  const withBoxes = seed % 2 === 0;
  const annotations: Annotation[] = [];
  const results: Result[] = [];
  const detect = (image_id: number, category_id: number, positions: readonly number[], bbox: number[]): void => {
    const keypoints = positions.flatMap((value, i) => (i % 2 === 0 ? [value] : [value, 1]));
    results.push({ image_id, category_id, ...(withBoxes && { bbox }), keypoints, score: (1 + rng.integer(levels)) / levels });
  };
  const box = (): number[] => {
    const side = 300 * 2 ** (-4 * rng.uniform());
    return [300 * rng.uniform(), 300 * rng.uniform(), side, side * (0.4 + rng.uniform())].map(snap);
  };
  const within = ([x, y, width, height]: readonly number[]): number[] => names.flatMap(() => [snap(x + width * rng.uniform()), snap(y + height * rng.uniform())]);
  for (const { id: image_id } of images) {
    for (let left = chance(0.2) ? 0 : rng.integer(8); left > 0; left--) {
      const [bbox, category_id] = [box(), pick(categories).id];
      const positions = within(bbox);
      const seen = pick([0, 0.1, 0.5, 0.9, 1]);
      const visibility = names.map(() => (chance(seen) ? 1 + rng.integer(2) : 0));
      const keypoints = visibility.flatMap((v, k) => (v === 0 && chance(0.5) ? [0, 0, 0] : [positions[2 * k], positions[2 * k + 1], v]));
      const num_keypoints = visibility.filter((v) => v > 0).length;
      const iscrowd = chance(0.1) ? 1 : 0;
      annotations.push({ id: annotations.length + 1, image_id, category_id, bbox, area: bbox[2] * bbox[3] * pick([1, 0.5, 0.3]), iscrowd, keypoints, num_keypoints });
      for (let copies = chance(0.1) ? 25 : rng.integer(4); copies > 0; copies--) {
        const noise = pick([0, 0.02, 0.06, 0.15]) * Math.sqrt(bbox[2] * bbox[3]);
        const moved = positions.map((value) => snap(value + noise * rng.normal()));
        detect(image_id, chance(0.9) ? category_id : pick(categories).id, moved, bbox.map((value, i) => (i < 2 ? snap(value + noise * rng.normal()) : value)));
      }
    }
    for (let left = chance(0.2) ? 0 : rng.integer(5); left > 0; left--) {
      const place = box();
      detect(image_id, pick(categories).id, within(place), place);
    }
  }
  const shuffled = <Item>(items: readonly Item[]): Item[] => Array.from(rng.permutation(items.length), (i) => items[i]);
  return { groundTruth: { images: shuffled(images), categories, annotations: shuffled(annotations) }, results: shuffled(results) };
}
