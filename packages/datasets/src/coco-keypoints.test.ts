import { describe, expect, it } from 'vitest';
import type { Dataset } from './dataset.ts';
import { formatCoco } from './format-coco.ts';
import { groundTruthOf } from './ground-truth.ts';
import { parseCoco, type ParsedCoco } from './parse-coco.ts';

const file = 'annotations/person_keypoints_val.json';
const image = { id: 7, file_name: '7.jpg', width: 100, height: 50 };
const person = { id: 1, name: 'person', keypoints: ['nose', 'left_hand', 'right_hand'], skeleton: [[1, 2], [1, 3]] };
const annotation = { id: 1, image_id: 7, category_id: 1, bbox: [10, 5, 20, 30], area: 99, iscrowd: 0, keypoints: [15, 8, 2, 12.5, 20, 1, 0, 0, 0], num_keypoints: 2 };
const parse = (parts: object): ParsedCoco =>
  parseCoco(JSON.stringify({ images: [image], annotations: [annotation], categories: [person], ...parts }), { file });
const keypointsOf = ({ images }: ParsedCoco): number[] => [...(images[0].groundTruth.keypoints ?? [])];
const withKeypoints = (parts: object): { reasons: string[]; keypoints: number[] } => {
  const parsed = parse({ annotations: [{ ...annotation, ...parts }] });
  return { reasons: parsed.problems.map(({ reason }) => reason), keypoints: keypointsOf(parsed) };
};
const none = [0, 0, 0, 0, 0, 0, 0, 0, 0];

describe('keypoints of a COCO file', () => {
  it('are named by the category, joined by a skeleton counted from 0, and not labelled for objects that have none', () => {
    const crowd = { ...annotation, id: 2, iscrowd: 1, keypoints: none, num_keypoints: 0 };
    const dog = { id: 3, image_id: 7, category_id: 18, bbox: [1, 2, 3, 4], area: 12, iscrowd: 0 };
    const parsed = parse({ annotations: [annotation, dog, crowd], categories: [{ id: 18, name: 'dog' }, person] });
    expect(parsed).toMatchObject({ classes: ['person', 'dog'], keypointNames: person.keypoints, skeleton: [[0, 1], [0, 2]], problems: [] });
    expect(keypointsOf(parsed)).toEqual([...annotation.keypoints, ...none, ...none]);
  });

  it('are those of every class that has the same; a class with others is reported', () => {
    const hand = (id: number): object => ({ ...annotation, id, category_id: id });
    const [robot, chair] = [{ ...person, id: 2, name: 'robot' }, { id: 3, name: 'chair', keypoints: ['seat', 'back', 'leg'] }];
    const parsed = parse({ annotations: [hand(1), hand(2), hand(3)], categories: [person, robot, chair] });
    expect(parsed.problems.map(({ reason }) => reason)).toEqual(['category 3 (chair): its keypoints differ from those of person, and are passed over']);
    expect(keypointsOf(parsed)).toEqual([...annotation.keypoints, ...annotation.keypoints, ...none]);
  });

  it('come back as formatCoco writes them', () => {
    const parsed = parse({ annotations: [annotation, { ...annotation, id: 2, keypoints: none, num_keypoints: 0 }] });
    const { width, height } = image;
    const examples: Dataset['examples'] = parsed.images.map(({ groundTruth }) => ({ id: '7', imageId: 7, file: '/somewhere/7.jpg', width, height, groundTruth }));
    const written = formatCoco({ ...parsed, examples });
    expect(written.categories).toEqual([person]);
    expect(written.annotations.map(({ keypoints, num_keypoints }) => [keypoints, num_keypoints])).toEqual([[annotation.keypoints, 2], [none, 0]]);
    expect(parseCoco(JSON.stringify(written), { file })).toEqual(parsed);
  });

  it('count as not labelled where they are malformed, and are named', () => {
    const where = 'annotation 1 of 7.jpg: ';
    expect(withKeypoints({ keypoints: [1, 2, 2] })).toEqual({ reasons: [`${where}expected 9 numbers, 3 for each of 3 keypoints, got 3`], keypoints: none });
    expect(withKeypoints({ keypoints: 'x' }).reasons).toEqual([`${where}expected 9 numbers, 3 for each of 3 keypoints, got "x"`]);
    const three = withKeypoints({ keypoints: [15, 8, 2, 12, 20, 3, 0, 0, 0] });
    expect(three).toEqual({ reasons: [`${where}expected finite x and y and a visibility of 0, 1 or 2, got [12,20,3] as keypoint 2`], keypoints: none });
    // JSON has no NaN: what JavaScript writes for it is null.
    expect(withKeypoints({ keypoints: [NaN, 8, 2, 12, 20, 1, 0, 0, 0] }).reasons[0]).toContain('got [null,8,2] as keypoint 1');
    expect(withKeypoints({ num_keypoints: 3 })).toEqual({ reasons: [`${where}num_keypoints is 3, but 2 are labelled`], keypoints: annotation.keypoints });
  });

  it('outside of the image are not labelled; one on its edge is', () => {
    expect(withKeypoints({ keypoints: [100, 50, 2, 12, 51, 1, 0, 0, 0] })).toEqual({
      reasons: ['annotation 1 of 7.jpg: keypoint 2 at [12, 51] lies outside its image of 100×50'],
      keypoints: [100, 50, 2, ...none.slice(3)],
    });
  });

  it('of a category must be names, and its skeleton pairs of them', () => {
    const reasons = (category: object): string[] => parse({ categories: [{ ...person, ...category }] }).problems.map(({ reason }) => reason);
    expect(reasons({ keypoints: ['a', 'a', 'b'] })).toEqual(['category 1 (person): expected keypoints as a list of names, each once']);
    expect(reasons({ keypoints: 17 })).toEqual(['category 1 (person): expected keypoints as a list of names, each once']);
    expect(reasons({ skeleton: [[0, 1]] })).toEqual(['category 1 (person): expected skeleton as a list of pairs from 1 to 3']);
    expect(reasons({ keypoints: [] })).toEqual([]);
  });
});

describe('groundTruthOf', () => {
  it('makes a column of keypoints where any row has them, and refuses rows of different numbers', () => {
    const [box, label] = [[0, 0, 1, 1] as const, 1];
    expect(groundTruthOf([{ box, label }, { box, label, keypoints: [1, 1, 2] }]).keypoints).toEqual(Float32Array.of(0, 0, 0, 1, 1, 2));
    expect(groundTruthOf([{ box, label }])).not.toHaveProperty('keypoints');
    expect(() => groundTruthOf([{ box, label, keypoints: [1, 1, 2] }, { box, label, keypoints: [] }])).toThrow('expected 3 numbers of keypoints in every row, got 0');
  });
});
