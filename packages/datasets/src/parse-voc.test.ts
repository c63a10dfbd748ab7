import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatVocAnnotation } from './format-voc.ts';
import { parseVocAnnotation } from './parse-voc.ts';
import { formatProblem } from './problem.ts';

const file = 'Annotations/1.xml';
const sample = `<annotation>
  <filename>1.jpg</filename>
  <size>
    <width>50</width>
    <height>40</height>
    <depth>3</depth>
  </size>
  <object>
    <name>cat</name>
    <truncated>1</truncated>
    <bndbox><xmin>1</xmin><ymin>2</ymin><xmax>30.5</xmax><ymax>40</ymax></bndbox>
    <part><name>head</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>3</xmax><ymax>4</ymax></bndbox></part>
  </object>
  <object>
    <name>dog &amp; friend</name>
    <difficult>1</difficult>
    <bndbox>
      <xmin>5</xmin><ymin>6</ymin><xmax>7</xmax><ymax>8</ymax>
    </bndbox>
  </object>
</annotation>
`;
const reasons = (xml: string): string[] => parseVocAnnotation(xml, { file }).problems.map(formatProblem);

describe('parseVocAnnotation', () => {
  it('reads size, names, boxes, difficult and truncated, each object with its line', () => {
    expect(parseVocAnnotation(sample, { file })).toEqual({
      annotation: {
        filename: '1.jpg',
        width: 50,
        height: 40,
        objects: [
          { name: 'cat', box: [1, 2, 30.5, 40], difficult: false, truncated: true, line: 8 },
          { name: 'dog & friend', box: [5, 6, 7, 8], difficult: true, truncated: false, line: 14 },
        ],
      },
      problems: [],
    });
  });

  it('reads characters by their numbers', () => {
    expect(parseVocAnnotation(sample.replace('<name>cat<', '<name>caf&#233; &#x2603;<'), { file }).annotation?.objects[0].name).toBe('café ☃');
  });

  it('tells lines alike whatever ends them', () => {
    const windows = parseVocAnnotation(`\uFEFF${sample.replaceAll('\n', '\r\n')}`, { file });
    expect(windows).toEqual(parseVocAnnotation(sample, { file }));
  });

  it('shifts only the first corner of one-based boxes', () => {
    const { annotation } = parseVocAnnotation(sample, { file, coordinates: 'one-based' });
    expect(annotation?.objects[0].box).toEqual([0, 1, 30.5, 40]);
  });

  it('names a missing tag, where it should be and on which line that is', () => {
    expect(reasons(sample.replace('<xmax>30.5</xmax>', ''))).toEqual([`${file}:11: missing tag <xmax> in <bndbox>`]);
    expect(reasons(sample.replace('<name>cat</name>', ''))).toEqual([`${file}:8: missing tag <name> in <object>`]);
    expect(reasons(sample.replace('<width>50</width>', ''))).toEqual([`${file}:3: missing tag <width> in <size>`]);
    expect(reasons(sample.replace(/<size>.*<\/size>/s, ''))).toEqual([`${file}:1: missing tag <size> in <annotation>`]);
    expect(reasons(sample.replace(/<bndbox>\n.*?<\/bndbox>/s, ''))).toEqual([`${file}:14: missing tag <bndbox> in <object>`]);
    expect(reasons('<other/>')).toEqual([`${file}:1: missing tag <annotation> at the top`]);
    expect(reasons('<annotation/>')).toEqual([`${file}:1: missing tag <size> in <annotation>`]);
    expect(reasons('<annotation><size><width>1</width><height>1</height></size><object/></annotation>')).toEqual([
      `${file}:1: missing tag <name> in an empty <object>`,
    ]);
  });

  it('names what is no number', () => {
    expect(reasons(sample.replace('30.5', 'wide'))).toEqual([`${file}:11: expected a number in <xmax> of <bndbox>, got "wide"`]);
    expect(reasons(sample.replace('<width>50', '<width>0'))).toEqual([`${file}:3: expected a size above zero, got 0×40`]);
  });

  it('names malformed XML with its line, and gives no annotation', () => {
    const cut = parseVocAnnotation(sample.replace('</bndbox>\n    <part>', '\n    <part>'), { file });
    expect(cut.annotation).toBeUndefined();
    expect(cut.problems.map(formatProblem)).toEqual([
      `${file}:13: malformed XML: Expected closing tag 'bndbox' (opened in line 11, col 5) instead of closing tag 'object'`,
    ]);
    for (const broken of ['', 'hello', sample.slice(0, 300), '<annotation>']) {
      expect(reasons(broken)).toHaveLength(1);
      expect(reasons(broken)[0]).toMatch(/^Annotations\/1\.xml:\d+: malformed XML: [^\n]+$/);
    }
  });

  it('reads back what formatVocAnnotation writes', () => {
    const coordinate = fc.double({ min: 0, max: 5000, noNaN: true });
    const object = fc.record({
      name: fc.string({ minLength: 1, unit: fc.constantFrom(...'abcZ09 _-&<>"\'é') }).map((name) => `n${name.trim()}`),
      box: fc.tuple(coordinate, coordinate, coordinate, coordinate),
      difficult: fc.boolean(),
      truncated: fc.boolean(),
    });
    const side = fc.integer({ min: 1, max: 9999 });
    fc.assert(
      fc.property(fc.record({ width: side, height: side, objects: fc.array(object, { maxLength: 4 }) }), (annotation) => {
        const read = parseVocAnnotation(formatVocAnnotation({ filename: 'x.jpg', ...annotation }), { file });
        expect(read.problems).toEqual([]);
        expect(read.annotation).toMatchObject(annotation);
      }),
      { numRuns: 50 },
    );
  });
});
