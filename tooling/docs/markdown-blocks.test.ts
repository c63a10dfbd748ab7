import { describe, expect, it } from 'vitest';
import { markdownBlocks } from './markdown-blocks.ts';
import { outputDifference } from './match-output.ts';

const fence = '```';

describe('markdownBlocks', () => {
  it('finds each block with its language and line', () => {
    const blocks = markdownBlocks(`# Title\n\n${fence}sh\nls\n${fence}\n\n${fence}ts\nconst a = 1;\n${fence}\n`);
    expect(blocks).toEqual([
      { line: 3, language: 'sh', code: 'ls\n' },
      { line: 7, language: 'ts', code: 'const a = 1;\n' },
    ]);
  });

  it('takes a block in text directly after one that runs as its output', () => {
    const [block, ...others] = markdownBlocks(`${fence}ts\nconsole.log(1)\n${fence}\n\n${fence}text\n1\n${fence}\n`);
    expect(block.output).toBe('1\n');
    expect(others).toEqual([]);
  });

  it('leaves a block in text alone where words stand between', () => {
    const blocks = markdownBlocks(`${fence}ts\nconsole.log(1)\n${fence}\nThe files:\n${fence}text\na\n${fence}\n`);
    expect(blocks.map(({ language, output }) => [language, output])).toEqual([['ts', undefined], ['text', undefined]]);
  });

  it('reads the comment before a block', () => {
    const [long, file] = markdownBlocks(`<!-- run: long -->\n${fence}sh\nls\n${fence}\n<!-- file: a.yaml -->\n\n${fence}yaml\na: 1\n${fence}\n`);
    expect(long.run).toBe('long');
    expect(file.file).toBe('a.yaml');
  });

  it('refuses a block that does not end', () => {
    expect(() => markdownBlocks(`text\n${fence}sh\nls\n`)).toThrow('line 2');
  });
});

describe('outputDifference', () => {
  it('accepts the same text, trailing blanks aside', () => {
    expect(outputDifference('1\n2\n', '1 \n2\n\n')).toBeUndefined();
  });

  it('lets … stand for anything within a line, other signs for themselves', () => {
    expect(outputDifference('[ 0.19…, 2 ]', '[ 0.1904, 2 ]')).toBeUndefined();
    expect(outputDifference('[ 0.19…, 2 ]', '[ 0.1904, 3 ]')).toContain('got:\n    [ 0.1904, 3 ]');
    expect(outputDifference('a.b', 'acb')).toBeDefined();
  });

  it('lets a line of … stand for any number of lines', () => {
    expect(outputDifference('a\n…\nd', 'a\nb\nc\nd')).toBeUndefined();
    expect(outputDifference('a\n…\nd', 'a\nd')).toBeUndefined();
    expect(outputDifference('a\n…\nd', 'a\nb')).toContain('expected "d"');
  });

  it('names lines too many', () => {
    expect(outputDifference('a', 'a\nb')).toContain('nothing more');
  });
});
