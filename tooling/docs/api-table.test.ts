import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../packages/workspace.ts';
import { firstSentence, readApi } from './api-table.ts';
import { replaceBetweenMarkers } from './markers.ts';

describe('firstSentence', () => {
  it('ends at the stop before a new sentence, not at one inside a number or an abbreviation', () => {
    expect(firstSentence('The area (Ren et al. 2015), .5 of it. More of it.')).toBe('The area (Ren et al. 2015), .5 of it');
  });

  it('leaves out lists and further paragraphs, and turns links into code', () => {
    expect(firstSentence('As {@link nms}:\n- one\n- two\n\nAnd more.')).toBe('As `nms`');
  });
});

describe('readApi', () => {
  it('lists what a module exports with its arguments', () => {
    const source = join(root, 'packages/geometry/src/clip-boxes.ts');
    expect(readApi([source]).get(source)).toMatchObject([{ name: 'clipBoxes', call: 'clipBoxes(boxes, { width, height })', kind: 'function' }]);
  });
});

describe('replaceBetweenMarkers', () => {
  it('replaces what is between, and nothing else', () => {
    expect(replaceBetweenMarkers('a\n<!-- x -->\nold\n<!-- /x -->\nb\n', 'x', 'new')).toBe('a\n<!-- x -->\nnew\n<!-- /x -->\nb\n');
  });

  it('refuses a text without the markers', () => {
    expect(() => replaceBetweenMarkers('a', 'x', 'new')).toThrow('<!-- x -->');
  });
});
