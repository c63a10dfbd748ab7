import { rleArea } from './rle-area.ts';
import { rleBox } from './rle-box.ts';
import { spansOf } from './rle-spans.ts';
import type { Rle } from './rle.ts';

/**
 * IoU of every detection's mask with every ground truth's, row-major [detections, ground truths]. Where a ground truth is a
 * crowd the detection's area stands for the union, as in COCO's metric: the part of the detection that is in the crowd.
 * @throws RangeError if masks differ in size, or there is not one `crowd` a ground truth
 */
export function rleIou(detections: readonly Rle[], groundTruth: readonly Rle[], crowd?: ArrayLike<number | boolean>): Float64Array {
  if (crowd !== undefined && crowd.length !== groundTruth.length) {
    throw new RangeError(`rleIou: expected one crowd flag a ground truth, got ${crowd.length} for ${groundTruth.length}`);
  }
  const iou = new Float64Array(detections.length * groundTruth.length);
  const columns = groundTruth.map(prepare);
  for (const [row, detection] of detections.entries()) {
    const a = prepare(detection);
    for (const [column, b] of columns.entries()) {
      if (a.height !== b.height || a.width !== b.width) {
        throw new RangeError(
          `rleIou: expected masks of one size, got ${a.height} × ${a.width} of detection ${row} and ${b.height} × ${b.width} of ground truth ${column}`,
        );
      }
      if (a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2) {
        const common = intersection(a.spans, b.spans);
        const whole = crowd !== undefined && Boolean(crowd[column]) ? a.area : a.area + b.area - common;
        iou[row * groundTruth.length + column] = common === 0 ? 0 : common / whole;
      }
    }
  }
  return iou;
}

/** What is needed of a mask for every pair it is in. */
function prepare(rle: Rle): Pick<Rle, 'height' | 'width'> & Record<'area' | 'x1' | 'y1' | 'x2' | 'y2', number> & { spans: Uint32Array } {
  const [x1, y1, x2, y2] = rleBox(rle);
  return { height: rle.height, width: rle.width, area: rleArea(rle), spans: spansOf(rle), x1, y1, x2, y2 };
}

/** How many positions two lists of spans have in common. */
function intersection(a: Uint32Array, b: Uint32Array): number {
  let i = firstEndingAfter(a, b[0]);
  let j = firstEndingAfter(b, a[0]);
  let common = 0;
  while (i < a.length && j < b.length) {
    const start = Math.max(a[i], b[j]);
    const [endA, endB] = [a[i + 1], b[j + 1]];
    const end = Math.min(endA, endB);
    if (end > start) {
      common += end - start;
    }
    if (endA <= endB) {
      i += 2;
    }
    if (endB <= endA) {
      j += 2;
    }
  }
  return common;
}

/** Where the first span begins that ends after a position, by bisection. */
function firstEndingAfter(spans: Uint32Array, position: number): number {
  let low = 0;
  let high = spans.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[2 * middle + 1] > position) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return 2 * low;
}
