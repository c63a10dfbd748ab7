import { describe, expect, it } from 'vitest';
import { formatCoco } from './format-coco.ts';
import { parseCoco } from './parse-coco.ts';

const file = 'annotations/instances_val.json';
const image = { id: 7, file_name: '7.jpg', width: 100, height: 50 };
const annotation = { id: 1, image_id: 7, category_id: 18, bbox: [10, 5, 20.5, 30], area: 99.5, iscrowd: 0, segmentation: [[10, 5, 30, 5, 10, 35]] };
const crowd = { id: 2, image_id: 7, category_id: 3, bbox: [0, 0, 100, 50], area: 5000, iscrowd: 1, segmentation: { size: [50, 100], counts: [0, 5000] } };
const categories = [{ id: 18, name: 'dog' }, { id: 3, name: 'car' }];
const parse = (parts: object, classes?: string[]): ReturnType<typeof parseCoco> =>
  parseCoco(JSON.stringify({ images: [image], annotations: [annotation, crowd], categories, ...parts }), { file, ...(classes && { classes }) });
const reasons = (parts: object): string[] => parse(parts).problems.map(({ reason }) => reason);

describe('parseCoco', () => {
  it('numbers the categories from 1 in ascending order of id, and keeps areas, crowds and segmentations', () => {
    const { classes, categoryIds, images, problems } = parse({});
    expect({ classes, categoryIds, problems }).toEqual({ classes: ['car', 'dog'], categoryIds: [3, 18], problems: [] });
    const [{ groundTruth }] = images;
    expect([...groundTruth.labels]).toEqual([2, 1]);
    expect([...groundTruth.boxes]).toEqual([10, 5, 30.5, 35, 0, 0, 100, 50]);
    expect([...groundTruth.crowd]).toEqual([0, 1]);
    expect([...(groundTruth.areas ?? [])]).toEqual([99.5, 5000]);
    expect(groundTruth.segmentations).toEqual([annotation.segmentation, crowd.segmentation]);
  });

  it('leaves out polygons that are none, and keeps their object', () => {
    const good = [10, 5, 30, 5, 10, 35];
    const segmented = (segmentation: unknown): ReturnType<typeof parseCoco> => parse({ annotations: [{ ...annotation, segmentation }] });
    const { images: [{ groundTruth }], problems } = segmented([[1, 1, 2, 2], good]);
    expect(groundTruth.segmentations).toEqual([[good]]);
    expect(problems.map(({ reason, drops }) => [reason, drops])).toEqual([
      ['annotation 1 of 7.jpg: mask: rleFromPolygons: expected x and y of 3 points or more, got 2 points, in polygon 0', 'nothing'],
    ]);
    const none = segmented([[1, 1, 2, 2], [1, 1, 10, 1e16, 20, 1], ['a', 1, 2, 3, 4, 5]]);
    expect(none.problems).toHaveLength(3);
    expect(none.images[0].groundTruth.labels.length).toBe(1);
    expect(none.images[0].groundTruth.segmentations).toBeUndefined();
  });

  it('passes over a byte order mark', () => {
    expect(parseCoco(`\uFEFF${JSON.stringify({ images: [image], annotations: [], categories })}`, { file }).problems).toEqual([]);
  });

  it('keeps an image without objects', () => {
    const { images } = parse({ annotations: [] });
    expect(images.map(({ groundTruth }) => groundTruth.labels.length)).toEqual([0]);
  });

  it('reads back what formatCoco writes', () => {
    const { classes, categoryIds, images } = parse({});
    const examples = images.map(({ image: { id, file_name, width, height }, groundTruth }) => ({
      id: String(id),
      imageId: id,
      file: `/somewhere/${file_name}`,
      width,
      height,
      groundTruth,
    }));
    const again = parseCoco(JSON.stringify(formatCoco({ classes, categoryIds, examples })), { file });
    expect(again).toEqual({ classes, categoryIds, images, problems: [] });
  });

  it('numbers the classes as told, and reports an object of any other', () => {
    const { classes, categoryIds, images, problems } = parse({}, ['truck', 'dog']);
    expect({ classes, categoryIds }).toEqual({ classes: ['truck', 'dog'], categoryIds: [0, 18] });
    expect([...images[0].groundTruth.labels]).toEqual([2]);
    expect(problems.map(({ reason }) => reason)).toEqual(['annotation 2 of 7.jpg: unknown class "car"; the classes are truck, dog']);
  });

  it('names an annotation that belongs to no image or category, or has no box', () => {
    const bad = (part: object): string[] => reasons({ annotations: [{ ...annotation, ...part }] });
    expect(bad({ image_id: 99 })).toEqual(['annotation 1: no image has the id 99']);
    expect(bad({ category_id: 5 })).toEqual(['annotation 1 of 7.jpg: unknown class, no category has the id 5']);
    expect(bad({ category_id: null })[0]).toMatch(/^annotations\[0\]: expected a number as category_id, got \{/);
    expect(bad({ bbox: [1, 2, 3] })).toEqual(['annotation 1: expected bbox as [x, y, width, height], got [1,2,3]']);
    expect(bad({ bbox: undefined })).toEqual(['annotation 1: expected bbox as [x, y, width, height], got nothing']);
    expect(bad({ bbox: [1, 2, 0, 4] })).toEqual(['annotation 1 of 7.jpg: zero-area box [1, 2, 1, 6]']);
    expect(bad({ bbox: [90, 2, 20, 4] })).toEqual(['annotation 1 of 7.jpg: box [90, 2, 110, 6] reaches outside its image of 100×50']);
  });

  it('names what is there twice', () => {
    expect(reasons({ images: [image, image] })).toEqual(['image 7 (7.jpg): duplicate image id, 7.jpg has it too']);
    expect(reasons({ annotations: [annotation, annotation] })).toEqual(['annotation 1 of 7.jpg: duplicate annotation id']);
    expect(reasons({ categories: [...categories, { id: 3, name: 'x' }] })).toEqual(['category 3 (x): duplicate category id']);
  });

  it('names what is no COCO file', () => {
    expect(reasons({ images: 5 })).toEqual(['expected a list "images" at the top, as in COCO\'s instances files']);
    expect(reasons({ images: [{ id: 7 }] })[0]).toBe('images[0]: expected id, file_name, width and height, got {"id":7}');
    expect(parseCoco('[]', { file }).problems[0].reason).toBe('expected a JSON object at the top');
    expect(parseCoco('{"a": [1,\n2', { file }).problems).toEqual([
      { file, line: 2, reason: "invalid JSON: Expected ',' or ']' after array element", drops: 'example' },
    ]);
    expect(parseCoco('{"a":\n}', { file }).problems[0].reason).toBe("invalid JSON: Unexpected token '}'");
    expect(parseCoco('{"a":\n', { file }).problems[0]).toMatchObject({ line: 2, reason: 'invalid JSON: the text ends too soon' });
  });
});
