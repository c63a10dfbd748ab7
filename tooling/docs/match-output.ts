/**
 * Where an output differs from the expected one, as a line for the reader; `undefined` if nowhere. In the expected text
 * `…` stands for anything within a line, and a line of `…` alone for any number of lines.
 */
export function outputDifference(expected: string, actual: string): string | undefined {
  const [wanted, got] = [linesOf(expected), linesOf(actual)];
  let furthest = 0;
  const matches = (i: number, j: number): boolean => {
    furthest = Math.max(furthest, i);
    if (i === wanted.length) return j === got.length;
    if (wanted[i].trim() === '…') return matches(i + 1, j) || (j < got.length && matches(i, j + 1));
    return j < got.length && lineMatches(wanted[i], got[j]) && matches(i + 1, j + 1);
  };
  if (matches(0, 0)) return undefined;
  const want = wanted.at(furthest);
  return `expected ${want === undefined ? 'nothing more' : `"${want}"`}, got:\n${got.map((line) => `    ${line}`).join('\n')}`;
}

function linesOf(text: string): string[] {
  return text.trimEnd().split('\n').map((line) => line.trimEnd());
}

function lineMatches(expected: string, actual: string): boolean {
  const pattern = expected.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`).test(actual);
}
