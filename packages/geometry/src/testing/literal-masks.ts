// The definitions of masks, pixel by pixel: what the fast versions are compared with. Masks are row-major, 0 or 1.

/** Run lengths, pixel by pixel down the columns. */
export function literalCounts(mask: ArrayLike<number>, height: number, width: number): number[] {
  const counts = [0];
  for (let i = 0; i < height * width; i++) {
    const value = mask[(i % height) * width + Math.floor(i / height)] === 0 ? 0 : 1;
    if (value !== (counts.length - 1) % 2) {
      counts.push(0);
    }
    counts[counts.length - 1]++;
  }
  return counts;
}

/** The mask of run lengths. */
export function literalMask(counts: ArrayLike<number>, height: number, width: number): number[] {
  const columns = Array.from(counts).flatMap((count, i) => new Array<number>(count).fill(i % 2));
  return Array.from(columns, (_, i) => columns[(i % width) * height + Math.floor(i / width)]);
}

/** The counts of packed text: each number's digits in base 32 from the lowest, the last one with the sign. */
export function literalUnpack(text: string): number[] {
  const counts: number[] = [];
  for (const [number] of text.matchAll(/[P-o]*[0-O]/g)) {
    const codes = Array.from(number, (character) => character.charCodeAt(0) - 48);
    const value = codes.reduce((sum, code, i) => sum + (code % 32) * 32 ** i, 0) - (codes[codes.length - 1] >= 16 ? 32 ** codes.length : 0);
    counts.push(counts.length > 2 ? value + counts[counts.length - 2] : value);
  }
  return counts;
}

/** The tight box of a mask. */
export function literalBox(mask: ArrayLike<number>, width: number): number[] {
  const pixels = Array.from(mask).flatMap((value, i) => (value ? [[i % width, Math.floor(i / width)]] : []));
  const [xs, ys] = [pixels.map(([x]) => x), pixels.map(([, y]) => y)];
  return pixels.length === 0 ? [0, 0, 0, 0] : [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1];
}

/** The COCO API's rasterisation: every fifth of a pixel along the edges, one after another. */
export function literalPolygon(polygon: readonly number[], height: number, width: number): number[] {
  const path: [x: number, y: number][] = [];
  const corners = Array.from({ length: polygon.length / 2 }, (_, i) => [2 * i, 2 * i + 1].map((j) => Math.trunc(5 * polygon[j] + 0.5)));
  corners.forEach(([x1, y1], i) => {
    const [x2, y2] = corners[(i + 1) % corners.length];
    const steps = Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1));
    const flat = Math.abs(x2 - x1) >= Math.abs(y2 - y1);
    const backwards = flat ? x1 > x2 : y1 > y2;
    const [fromX, fromY, toX, toY] = backwards ? [x2, y2, x1, y1] : [x1, y1, x2, y2];
    const slope = flat ? (toY - fromY) / steps : (toX - fromX) / steps;
    for (let step = 0; step <= steps; step++) {
      const t = backwards ? steps - step : step;
      path.push(flat ? [fromX + t, Math.trunc(fromY + slope * t + 0.5)] : [Math.trunc(fromX + slope * t + 0.5), fromY + t]);
    }
  });
  const toggles: number[] = new Array<number>(height * width + 1).fill(0);
  for (let i = 1; i < path.length; i++) {
    const [[x1, y1], [x2, y2]] = [path[i - 1], path[i]];
    const column = (Math.min(x1, x2) + 0.5) / 5 - 0.5;
    if (x1 !== x2 && Number.isInteger(column) && column >= 0 && column <= width - 1) {
      const row = Math.ceil(Math.min(height, Math.max(0, (Math.min(y1, y2) + 0.5) / 5 - 0.5)));
      toggles[column * height + row] ^= 1;
    }
  }
  const mask = new Array<number>(height * width).fill(0);
  let inside = 0;
  for (let i = 0; i < height * width; i++) {
    inside ^= toggles[i];
    mask[(i % height) * width + Math.floor(i / height)] = inside;
  }
  return mask;
}

/** IoU of two masks; a crowd's is the part of the detection that is in it. */
export function literalMaskIou(detection: ArrayLike<number>, groundTruth: ArrayLike<number>, crowd: boolean): number {
  const count = (of: (a: number, b: number) => number): number =>
    Array.from(detection).reduce((sum, a, i) => sum + of(a, groundTruth[i]), 0);
  const common = count((a, b) => a & b);
  return common === 0 ? 0 : common / count((a, b) => (crowd ? a : a | b));
}

/** {@link pasteMask} in float64: each pixel of the image by itself, from the mask with its border. */
export function literalPaste(mask: ArrayLike<number>, box: readonly number[], height: number, width: number): number[] {
  const side = Math.sqrt(mask.length);
  const at = (row: number, column: number): number =>
    row >= 1 && row <= side && column >= 1 && column <= side ? mask[(row - 1) * side + column - 1] : 0;
  const grown = (low: number, high: number): [number, number] => {
    const half = ((high - low) / 2) * ((side + 2) / side);
    return [Math.trunc((low + high) / 2 - half), Math.trunc((low + high) / 2 + half)];
  };
  const [[x1, x2], [y1, y2]] = [grown(box[0], box[2]), grown(box[1], box[3])];
  const place = (position: number, from: number, to: number): [number, number, number] => {
    const source = Math.max(0, ((position - from + 0.5) * (side + 2)) / (to - from + 1) - 0.5);
    const first = Math.min(Math.floor(source), side + 1);
    return [first, Math.min(first + 1, side + 1), Math.min(1, source - first)];
  };
  return Array.from({ length: height * width }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x < x1 || x > x2 || y < y1 || y > y2) {
      return 0;
    }
    const [left, right, across] = place(x, x1, x2);
    const [upper, lower, down] = place(y, y1, y2);
    const row = (r: number): number => (1 - across) * at(r, left) + across * at(r, right);
    return (1 - down) * row(upper) + down * row(lower);
  });
}
