import type { Rle } from './rle.ts';

/** The runs of ones: start and end of each in turn, in column-major positions. Runs without a pixel are left out. */
export function spansOf({ counts }: Rle): Uint32Array {
  const spans = new Uint32Array(counts.length);
  let length = 0;
  let start = 0;
  for (let i = 1; i < counts.length; i += 2) {
    start += counts[i - 1];
    if (counts[i] > 0) {
      spans[length++] = start;
      spans[length++] = start + counts[i];
    }
    start += counts[i];
  }
  return spans.subarray(0, length);
}

/** What {@link columnSpansOf} returns. */
export interface ColumnSpans {
  /** Start and end row of each span in turn, column after column. */
  readonly rows: Uint32Array;
  /** Column x's are `rows[first[x]]` up to `rows[first[x + 1]]`. */
  readonly first: Uint32Array; // [width + 1]
}

/** The runs of ones, cut at the columns. */
export function columnSpansOf(rle: Rle): ColumnSpans {
  const { height, width } = rle;
  const spans = spansOf(rle);
  let pieces = 0;
  for (let i = 0; i < spans.length; i += 2) {
    pieces += Math.floor((spans[i + 1] - 1) / height) - Math.floor(spans[i] / height) + 1;
  }
  const rows = new Uint32Array(2 * pieces);
  const first = new Uint32Array(width + 1);
  let length = 0;
  for (let i = 0; i < spans.length; i += 2) {
    let x = Math.floor(spans[i] / height);
    for (let start = spans[i]; start < spans[i + 1]; x++) {
      const end = Math.min(spans[i + 1], (x + 1) * height);
      rows[length++] = start - x * height;
      rows[length++] = end - x * height;
      first[x + 1] = length;
      start = end;
    }
  }
  for (let x = 0; x < width; x++) {
    first[x + 1] = Math.max(first[x + 1], first[x]);
  }
  return { rows, first };
}

/** Run lengths from the runs of ones, start and end in turn, in order; those that touch become one. */
export function rleOfSpans(spans: Uint32Array, height: number, width: number): Rle {
  const counts = new Uint32Array(spans.length + 1);
  let run = 0;
  let last = 0;
  for (let i = 0; i < spans.length; i += 2) {
    const [start, end] = [spans[i], spans[i + 1]];
    if (end === start) {
      continue;
    }
    if (run > 0 && start === last) {
      counts[run - 1] += end - start;
    } else {
      counts[run++] = start - last;
      counts[run++] = end - start;
    }
    last = end;
  }
  if (run === 0 || last < height * width) {
    counts[run++] = height * width - last;
  }
  return { height, width, counts: counts.slice(0, run) };
}
