import { createRng, rleFromPolygons, rleToString, type Rng } from '@rcnn/geometry';

/** A COCO ground truth file and a results file that answers to it, as JSON. */
export interface RandomProblem {
  readonly groundTruth: {
    readonly images: { readonly id: number; readonly width: number; readonly height: number }[];
    readonly categories: { readonly id: number; readonly name: string }[];
    readonly annotations: Annotation[];
  };
  readonly results: Result[];
}

interface Annotation {
  readonly id: number;
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox: number[];
  readonly segmentation: number[][] | { readonly size: number[]; readonly counts: number[] };
  readonly area: number;
  readonly iscrowd: number;
}

interface Result {
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox: number[];
  readonly segmentation: { readonly size: number[]; readonly counts: string };
  readonly score: number;
}

/**
 * Problem number `seed`: some images without objects, some without detections, crowds, equal scores, categories that are
 * never annotated or never detected, now and then more than 100 detections of a category in an image, boxes of zero area.
 * Masks are octagons in the boxes, some with a dent: polygons, plain run lengths for crowds, packed ones in the results.
 */
export function randomProblem(seed: number): RandomProblem {
  const [rng, shapes] = [createRng(seed), createRng(1000 + seed)];
  const chance = (probability: number): boolean => rng.uniform() < probability;
  const pick = <Item>(items: readonly Item[]): Item => items[rng.integer(items.length)];
  const size = pick([24, 80, 300, 500]);
  // On a coarse grid IoUs are often equal, and often on a threshold.
  const grid = pick([1, 1, 0.25, 0.01]);
  const snap = (value: number): number => Math.round(value / grid) * grid;
  const side = (): number => (chance(0.04) ? 0 : Math.max(grid, snap(size * 2 ** (-0.4 - 4 * rng.uniform()))));
  const box = (): number[] => {
    const [width, height] = [side(), side()];
    return [snap((size - width) * rng.uniform()), snap((size - height) * rng.uniform()), width, height];
  };
  const images = Array.from({ length: 1 + rng.integer(6) }, (_, i) => ({ id: 1 + ((i * 7 + seed) % 23), width: size, height: size }));
  const categories = [9, 2, 5, 30].slice(0, 1 + rng.integer(4)).map((id) => ({ id, name: `class ${id}` }));
  const annotations: Omit<Annotation, 'segmentation'>[] = [];
  const results: Omit<Result, 'segmentation'>[] = [];
  const levels = pick([3, 10, 1000]); // of scores: few make for ties
  const score = (): number => (1 + rng.integer(levels)) / levels;
  for (const { id: image_id } of images) {
    for (let left = chance(0.2) ? 0 : rng.integer(10); left > 0; left--) {
      const bbox = box();
      const category_id = pick(categories).id;
      const iscrowd = chance(0.12) ? 1 : 0;
      annotations.push({ id: annotations.length + 1, image_id, category_id, bbox, area: bbox[2] * bbox[3] * pick([1, 1, 0.5, 0.8]), iscrowd });
      for (let copies = rng.integer(4); copies > 0; copies--) {
        const noise = pick([0, 0.03, 0.1, 0.3]);
        const moved = bbox.map((value, i) => snap(value + noise * bbox[2 + (i % 2)] * rng.normal())).map((value, i) => (i < 2 ? value : Math.max(0, value)));
        results.push({ image_id, category_id: chance(0.9) ? category_id : pick(categories).id, bbox: moved, score: score() });
      }
    }
    for (let left = chance(0.2) ? 0 : rng.integer(5); left > 0; left--) results.push({ image_id, category_id: pick(categories).id, bbox: box(), score: score() });
    if (chance(0.04)) {
      const category_id = pick(categories).id;
      for (let left = 150; left > 0; left--) results.push({ image_id, category_id, bbox: box(), score: score() });
    }
  }
  const shuffled = <Item>(items: readonly Item[]): Item[] => Array.from(rng.permutation(items.length), (i) => items[i]);
  const kept = chance(0.3) ? results.filter(({ category_id }) => category_id !== categories[0].id) : results;
  const wanted = shuffled(annotations).map((annotation) => {
    const polygon = octagon(annotation.bbox, shapes);
    const counts = [...rleFromPolygons([polygon], size, size).counts];
    return { ...annotation, segmentation: annotation.iscrowd === 1 ? { size: [size, size], counts } : [polygon] };
  });
  const found = shuffled(kept).map((result) => {
    const counts = rleToString(rleFromPolygons([octagon(result.bbox, shapes)], size, size));
    return { ...result, segmentation: { size: [size, size], counts } };
  });
  return { groundTruth: { images: shuffled(images), categories: shuffled(categories), annotations: wanted }, results: found };
}

function octagon([x, y, width, height]: readonly number[], rng: Rng): number[] {
  const cut = 0.3 * rng.uniform();
  const dent = rng.uniform() < 0.3 ? 0.4 * rng.uniform() : 0;
  const corners = [[cut, 0], [1 - cut, 0], [1, cut], [1, 1 - cut], [1 - cut, 1], [0.5, 1 - dent], [cut, 1], [0, 1 - cut], [0, cut]];
  return corners.flatMap(([u, v]) => [Math.round(100 * (x + u * width)) / 100, Math.round(100 * (y + v * height)) / 100]);
}
