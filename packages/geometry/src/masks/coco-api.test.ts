import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import golden from '../fixtures/coco-masks.json' with { type: 'json' };
import { createRng } from '../rng.ts';
import { randomMask, randomPolygon } from '../testing/masks.ts';
import { mergeRles } from './merge-rles.ts';
import { parseSegmentation, type Segmentation } from './parse-segmentation.ts';
import { rleArea } from './rle-area.ts';
import { rleBox } from './rle-box.ts';
import { rleIou } from './rle-iou.ts';
import { maskFromRle, rleFromMask } from './rle-mask.ts';
import { rleFromPolygons } from './rle-polygons.ts';
import { rleFromString, rleToString } from './rle-string.ts';
import type { Rle } from './rle.ts';

const shared = fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const times = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);
/** 16 digits of the SHA-256, texts joined by line ends. */
const digest = (data: readonly (string | number)[] | Float64Array): string => {
  const bytes = data instanceof Float64Array ? new Uint8Array(data.buffer) : data.join('\n');
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
};
const cocoBox = (rle: Rle): string => {
  const [x1, y1, x2, y2] = rleBox(rle);
  return [x1, y1, x2 - x1, y2 - y1].join(',');
};

describe('masks, beside the COCO API', () => {
  it(`encode, decode, pack, measure ${golden.masks.count} random masks as it does`, () => {
    const rng = createRng(golden.masks.seed);
    const rles = times(golden.masks.count, () => {
      const [height, width] = [1 + rng.integer(40), 1 + rng.integer(40)];
      const mask = randomMask(rng, height, width);
      const rle = rleFromMask(mask, height, width);
      const decoded = maskFromRle(rleFromString(rleToString(rle), height, width));
      expect(decoded.findIndex((value, i) => value !== mask[i])).toBe(-1);
      return rle;
    });
    const strings = rles.map(rleToString);
    expect(strings.slice(0, 10)).toEqual(golden.masks.examples);
    expect(digest(strings)).toBe(golden.masks.strings);
    expect(digest(rles.map(rleArea))).toBe(golden.masks.areas);
    expect(digest(rles.map(cocoBox))).toBe(golden.masks.boxes);
  });

  it(`rasterise ${golden.polygons.count} random sets of polygons as it does`, () => {
    const rng = createRng(golden.polygons.seed);
    const strings = times(golden.polygons.count, () => {
      const [height, width] = [1 + rng.integer(60), 1 + rng.integer(60)];
      const polygons = times(1 + rng.integer(2), () => randomPolygon(rng, height, width));
      return rleToString(rleFromPolygons(polygons, height, width));
    });
    expect(strings.slice(0, 10)).toEqual(golden.polygons.examples);
    expect(digest(strings)).toBe(golden.polygons.strings);
  });

  it(`merge ${golden.merges.count} groups as it does`, () => {
    const rng = createRng(golden.merges.seed);
    const groups = times(golden.merges.count, () => {
      const [height, width] = [1 + rng.integer(30), 1 + rng.integer(30)];
      return times(1 + rng.integer(4), () => rleFromMask(randomMask(rng, height, width), height, width));
    });
    expect(digest(groups.map((rles) => rleToString(mergeRles(rles))))).toBe(golden.merges.unions);
    expect(digest(groups.map((rles) => rleToString(mergeRles(rles, { intersect: true }))))).toBe(golden.merges.intersections);
  });

  it(`give its IoU to the last bit, crowds among the ground truth`, () => {
    const rng = createRng(golden.ious.seed);
    const values = times(golden.ious.count, () => {
      const [height, width] = [1 + rng.integer(30), 1 + rng.integer(30)];
      const draw = (): Rle => rleFromMask(randomMask(rng, height, width), height, width);
      const [detections, groundTruth] = [times(8, draw), times(6, draw)];
      return [...rleIou(detections, groundTruth, groundTruth.map(() => rng.integer(2)))];
    });
    expect(digest(Float64Array.from(values.flat()))).toBe(golden.ious.values);
  });
});

interface CocoFile {
  images: { id: number; height: number; width: number }[];
  annotations: { image_id: number; iscrowd: number; segmentation: Segmentation }[];
}

describe.skipIf(!existsSync(shared))('masks of real annotations, beside the COCO API (skipped where ../shared/data is absent)', () => {
  it.each(Object.entries(golden.files))('%s', (name, expected) => {
    const { images, annotations } = JSON.parse(readFileSync(`${shared}/${name}`, 'utf8')) as CocoFile;
    const perImage = images.map(({ id, height, width }) => {
      const own = annotations.filter(({ image_id }) => image_id === id);
      return { crowd: own.map(({ iscrowd }) => iscrowd), rles: own.map(({ segmentation }) => parseSegmentation(segmentation, height, width)) };
    });
    const rles = perImage.flatMap((image) => image.rles);
    expect({
      count: rles.length,
      strings: digest(rles.map(rleToString)),
      areas: digest(rles.map(rleArea)),
      boxes: digest(rles.map(cocoBox)),
      iou: digest(Float64Array.from(perImage.flatMap((image) => [...rleIou(image.rles, image.rles, image.crowd)]))),
    }).toEqual(expected);
    for (const rle of rles) {
      expect(rleToString(rleFromMask(maskFromRle(rle), rle.height, rle.width))).toBe(rleToString(rle));
    }
  });
});
