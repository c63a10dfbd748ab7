import { describe, expect, it } from 'vitest';
import type { VocAnnotation } from './voc-annotation.ts';
import { inferVocClasses, pascalVocClasses } from './voc-classes.ts';
import { vocExample } from './voc-example.ts';
import { formatImageSet, parseImageSet } from './voc-image-set.ts';

const imageOf = (...names: string[]): VocAnnotation => ({
  width: 10,
  height: 10,
  objects: names.map((name, i) => ({ name, box: [1, 1, 5, 5], difficult: false, truncated: false, line: i + 1 })),
});

describe('inferVocClasses', () => {
  it('takes the names found, in alphabetical order', () => {
    expect(inferVocClasses([imageOf('b', 'a'), imageOf('c')])).toEqual(['a', 'b', 'c']);
    expect(inferVocClasses([])).toEqual([]);
  });

  it('takes the twenty of Pascal VOC where most objects are of them', () => {
    expect(inferVocClasses([imageOf('person', 'dog', 'unicorn')])).toBe(pascalVocClasses);
    expect(pascalVocClasses).toHaveLength(20);
  });

  it('takes a name found in one image of many for a mistake of writing', () => {
    const many = Array.from({ length: 6 }, () => imageOf('RBC', 'WBC'));
    expect(inferVocClasses([...many, imageOf('RCB')])).toEqual(['RBC', 'WBC']);
    expect(inferVocClasses([...many, imageOf('rare'), imageOf('rare')])).toEqual(['RBC', 'WBC', 'rare']);
  });
});

describe('vocExample', () => {
  it('numbers the classes from 1 and lists what it leaves out, with the line', () => {
    const { example, problems } = vocExample(
      { ...imageOf('b', 'x'), width: 4 },
      { id: '1', file: '1.jpg', annotationFile: '1.xml', classes: ['a', 'b'] },
    );
    expect([...example.groundTruth.labels]).toEqual([2]);
    expect([...example.groundTruth.boxes]).toEqual([1, 1, 4, 5]);
    expect(problems.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '1 box [1, 1, 5, 5] reaches outside its image of 4×10 (b)',
      '2 unknown class "x"; the classes are a, b',
      '2 box [1, 1, 5, 5] reaches outside its image of 4×10 (x)',
    ]);
  });
});

describe('parseImageSet', () => {
  it('reads ids with their lines, whatever ends these, and passes over the second column', () => {
    expect(parseImageSet('a\r\n\nb -1\nc  1')).toEqual([{ id: 'a', line: 1 }, { id: 'b', line: 3 }, { id: 'c', line: 4 }]);
    expect(parseImageSet(formatImageSet(['x', 'y'])).map(({ id }) => id)).toEqual(['x', 'y']);
  });
});
