import { type Boxes } from './boxes.ts';

/** Finds, among a fixed set of boxes, those that may overlap another box. */
export interface OverlapCandidates {
  /** How many 32-bit words a bit per box takes. */
  readonly words: number;
  /** Searches for box `i` of `others`; {@link OverlapCandidates.word} has what it finds. */
  readonly search: (others: Boxes, i: number) => void;
  /** Bit b of word w: whether box 32w + b may overlap the box searched for. Every box that does has a 1. */
  readonly word: (w: number) => number;
}

const bins = 256;

/**
 * {@link OverlapCandidates} of `boxes`: along each axis, the range they cover is cut into bins, and each bin has two sets of
 * boxes as bits, those that start in it or before and those that end in it or after. An interval overlaps the boxes that
 * start before its end and end after its start, to within a bin: four sets to intersect, however many boxes there are.
 */
export function overlapCandidates(boxes: Boxes): OverlapCandidates {
  const words = Math.ceil(boxes.length / 128);
  const [binX, binY] = [binOf(boxes, 0), binOf(boxes, 1)];
  const startsX = new Int32Array(bins * words);
  const startsY = new Int32Array(bins * words);
  const endsX = new Int32Array(bins * words);
  const endsY = new Int32Array(bins * words);
  for (let i = 0; i < boxes.length; i += 4) {
    const word = i >> 7;
    const bit = 1 << ((i >> 2) & 31);
    addTo(startsX, binX(boxes[i]), bins - 1, word, bit);
    addTo(startsY, binY(boxes[i + 1]), bins - 1, word, bit);
    addTo(endsX, 0, binX(boxes[i + 2]), word, bit);
    addTo(endsY, 0, binY(boxes[i + 3]), word, bit);
  }
  function addTo(sets: Int32Array, firstBin: number, lastBin: number, word: number, bit: number): void {
    for (let bin = firstBin; bin <= lastBin; bin++) {
      sets[bin * words + word] |= bit;
    }
  }
  let [startX, startY, endX, endY] = [0, 0, 0, 0];
  return {
    words,
    search: (others, i) => {
      startX = words * binX(others[4 * i + 2]);
      startY = words * binY(others[4 * i + 3]);
      endX = words * binX(others[4 * i]);
      endY = words * binY(others[4 * i + 1]);
    },
    word: (w) => startsX[startX + w] & endsX[endX + w] & startsY[startY + w] & endsY[endY + w],
  };
}

/** The bin of a coordinate, never descending as it ascends; what lies outside the boxes' range is in the nearest bin. */
function binOf(boxes: Boxes, axis: 0 | 1): (coordinate: number) => number {
  let [low, high] = [Infinity, -Infinity];
  for (let i = axis; i < boxes.length; i += 4) {
    low = Math.min(low, boxes[i]);
    high = Math.max(high, boxes[i + 2]);
  }
  const perBin = high > low ? bins / (high - low) : 0;
  return (coordinate) => {
    const bin = (coordinate - low) * perBin;
    return bin < bins ? (bin > 0 ? Math.floor(bin) : 0) : bins - 1;
  };
}
