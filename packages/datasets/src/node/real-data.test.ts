import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { boxCount, rleArea } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { formatProblem } from '../problem.ts';
import { readExampleImage } from './decode-image.ts';
import { readExampleMasks } from './read-example-masks.ts';
import { readDataset } from './read-dataset.ts';

const shared = fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const boxes = ({ examples }: Dataset): number => examples.reduce((sum, { groundTruth }) => sum + boxCount(groundTruth.boxes), 0);

describe.skipIf(!existsSync(shared))('readDataset on real data (skipped where ../shared/data is absent)', () => {
  it('reads blood-cells, and names the two files with a zero-area box', async () => {
    const root = join(shared, 'blood-cells');
    const counts: number[] = [];
    const problems = new Set<string>();
    for (const split of ['train', 'val', 'trainval', 'test']) {
      const dataset = await readDataset(root, { split, onProblem: 'skip' });
      expect(dataset.classes).toEqual(['Platelets', 'RBC', 'WBC']);
      counts.push(dataset.examples.length);
      dataset.problems.forEach((problem) => problems.add(formatProblem(problem).slice(root.length + 1)));
    }
    expect(counts).toEqual([205, 87, 292, 72]);
    expect([...problems].sort()).toEqual([
      'Annotations/BloodImage_00338.xml:158: zero-area box [504, 337, 504, 337] (RBC)',
      'Annotations/BloodImage_00343.xml:50: zero-area box [181, 329, 181, 329] (RBC)',
    ]);
  });

  it('reads voc-sample: the twenty classes, 273 boxes, 38 of them difficult', async () => {
    const parts = [await readDataset(join(shared, 'voc-sample'), { split: 'trainval' }), await readDataset(join(shared, 'voc-sample'), { split: 'test' })];
    expect(parts.map(({ classes }) => classes.length)).toEqual([20, 20]);
    expect(parts.reduce((sum, part) => sum + boxes(part), 0)).toBe(273);
    const difficult = parts.flatMap(({ examples }) => examples.flatMap(({ groundTruth }) => [...groundTruth.difficult]));
    expect(difficult.reduce((sum, value) => sum + value, 0)).toBe(38);
    expect((await readExampleImage(parts[0].examples[0])).width).toBe(parts[0].examples[0].width);
  });

  it('reads tiny-coco: gaps in the category ids, five crowds a split, a year in the name', async () => {
    const { split, classes, categoryIds, examples } = await readDataset(join(shared, 'tiny-coco'), { split: 'val' });
    expect([split, classes.length, classes[0], classes[79], categoryIds?.[79]]).toEqual(['val2017', 80, 'person', 'toothbrush', 90]);
    expect(examples.flatMap(({ groundTruth }) => [...groundTruth.crowd]).filter((value) => value === 1)).toHaveLength(5);
    expect(boxes({ examples } as Dataset)).toBe(382);
  });

  it('reads nuclei: polygons, run lengths and packed run lengths', async () => {
    const { examples, classes } = await readDataset(join(shared, 'nuclei'), { split: 'train' });
    const kinds = examples.flatMap(({ groundTruth }) =>
      (groundTruth.segmentations ?? []).map((part) => (part && 'counts' in part ? typeof part.counts : 'polygons')),
    );
    expect([...new Set(kinds)].sort()).toEqual(['object', 'polygons', 'string']);
    expect([classes, examples.length, kinds.length]).toEqual([['nucleus'], 120, 3073]);
  });

  it('makes masks of the run lengths of nuclei that have the areas annotated', async () => {
    const { examples } = await readDataset(join(shared, 'nuclei'), { split: 'test' });
    let [coded, exact] = [0, 0];
    for (const example of examples) {
      const { areas = [], segmentations = [] } = example.groundTruth;
      for (const [i, mask] of (await readExampleMasks(example)).entries()) {
        const isCoded = mask !== undefined && !Array.isArray(segmentations[i]);
        coded += isCoded ? 1 : 0;
        exact += isCoded && rleArea(mask) === areas[i] ? 1 : 0;
      }
    }
    expect([coded, exact]).toEqual([685, 685]);
  });
});
