/** One fenced block of a Markdown file. */
export interface Block {
  /** Of its first line, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** What the comment `<!-- run: … -->` or `<!-- file: … -->` before it says. */
  readonly run?: string;
  readonly file?: string;
  /** The `text` block that follows it directly: what it prints. */
  readonly output?: string;
}

interface Fence {
  readonly line: number;
  readonly end: number;
  readonly language: string;
  readonly code: string;
  readonly directive?: { readonly name: string; readonly value: string };
}

/**
 * The fenced blocks of a Markdown file. A block in `text` that comes directly after one that runs is its expected output
 * and no block of its own.
 */
export function markdownBlocks(markdown: string): Block[] {
  const lines = markdown.split('\n');
  const fences = findFences(lines);
  const blocks: Block[] = [];
  for (const [i, { line, language, code, directive }] of fences.entries()) {
    const previous = fences.at(i - 1);
    if (i > 0 && previous && isOutput(fences[i], previous, lines)) continue;
    const next = fences.at(i + 1);
    const output = i + 1 < fences.length && next && isOutput(next, fences[i], lines) ? next.code : undefined;
    blocks.push({
      line,
      language,
      code,
      ...(directive === undefined ? {} : { [directive.name]: directive.value }),
      ...(output === undefined ? {} : { output }),
    });
  }
  return blocks;
}

/** The languages whose blocks are run. */
export function isRunnable({ language }: { readonly language: string }): boolean {
  return ['ts', 'js', 'sh'].includes(language);
}

function isOutput(fence: Fence, previous: Fence, lines: readonly string[]): boolean {
  const between = lines.slice(previous.end, fence.line - 1);
  return fence.language === 'text' && isRunnable(previous) && between.every((line) => line.trim() === '');
}

function findFences(lines: readonly string[]): Fence[] {
  const fences: Fence[] = [];
  for (let at = 0; at < lines.length; at++) {
    const opening = /^(`{3,})(\S*)/.exec(lines[at]);
    if (opening === null) continue;
    const end = lines.indexOf(opening[1], at + 1);
    if (end < 0) throw new Error(`line ${at + 1}: a block that does not end`);
    const before = lines.slice(0, at).findLast((line) => line.trim() !== '') ?? '';
    const directive = /^<!-- (run|file): (.+) -->$/.exec(before);
    fences.push({
      line: at + 1,
      end: end + 1,
      language: opening[2],
      code: `${lines.slice(at + 1, end).join('\n')}\n`,
      ...(directive === null ? {} : { directive: { name: directive[1], value: directive[2] } }),
    });
    at = end;
  }
  return fences;
}
