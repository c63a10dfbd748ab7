import type { ImageDetections } from './detections.ts';

/** The text of one of the development kit's result files, which has the detections of one class. */
export interface VocResultFile {
  /** Its name, for errors. */
  readonly file: string;
  readonly text: string;
  /** The label of its class, from 1. */
  readonly label: number;
}

/**
 * Detections from the Pascal VOC development kit's result files, `comp3_det_test_CLASS.txt` and the like: a line each,
 * `image score xmin ymin xmax ymax`, in any order. Coordinates are taken as written.
 * @param images the ground truth's images
 * @throws RangeError if a line is malformed or its image unknown; the message names file and line
 */
export function readVocResults(files: readonly VocResultFile[], images: Iterable<string | number>): ImageDetections[] {
  const known = new Map([...images].map((image) => [String(image), image]));
  const found = new Map<string | number, { boxes: number[]; labels: number[]; scores: number[] }>();
  for (const { file, text, label } of files) {
    text.split('\n').forEach((row, i) => {
      const [id, ...cells] = row.trim().split(/\s+/);
      if (id === '') return;
      const fail = (expected: string): never => {
        throw new RangeError(`${file}:${i + 1}: expected ${expected}, got ${row.trim().slice(0, 80)}`);
      };
      const [score, x1, y1, x2, y2] = cells.map(Number);
      if (cells.length !== 5 || !cells.every((cell) => Number.isFinite(Number(cell)))) fail('an image, a score and four coordinates');
      if (x2 < x1 || y2 < y1) fail('a box with xmin <= xmax and ymin <= ymax');
      const image = known.get(id) ?? fail('an image of the ground truth');
      const columns = found.get(image) ?? { boxes: [], labels: [], scores: [] };
      found.set(image, columns);
      columns.boxes.push(x1, y1, x2, y2);
      columns.labels.push(label);
      columns.scores.push(score);
    });
  }
  return [...found].map(([image, columns]) => ({ image, ...columns }));
}
