import { asBoxes, concatBoxes, emptyBoxes, type Boxes, type Size } from '@rcnn/geometry';

/** Anchors around one point: every ratio with every size. */
export interface AnchorShapes {
  /** Square roots of the anchors' areas, in pixels of the input. */
  readonly sizes: readonly number[];
  /** Heights over widths. */
  readonly ratios: readonly number[];
}

/**
 * Anchors centred on the origin, ratio by ratio and size by size within (Faster R-CNN, §3.1.1): h = size·√ratio,
 * w = size/√ratio, half extents rounded to whole pixels, halves to even, as torchvision rounds them.
 */
export function anchorsAtOrigin({ sizes, ratios }: AnchorShapes): Boxes {
  const numbers: number[] = [];
  for (const ratio of ratios) {
    // In float32 from here on: where a half extent falls on .5 the rounding must go torchvision's way.
    const height = Math.fround(Math.sqrt(ratio));
    const width = Math.fround(1 / height);
    for (const size of sizes) {
      const right = roundHalfToEven(Math.fround(Math.fround(width * size) / 2));
      const bottom = roundHalfToEven(Math.fround(Math.fround(height * size) / 2));
      numbers.push(-right, -bottom, right, bottom);
    }
  }
  return asBoxes(numbers);
}

/**
 * Anchors as Faster R-CNN's own code makes them: a 16 px square turned into each ratio, its sides rounded, then scaled; centred
 * on (8, 8), the middle of a cell of stride 16. Its inclusive corners [−84, −40, 99, 55] are [−84, −40, 100, 56] here.
 */
export function caffeAnchorsAtOrigin({ sizes, ratios }: AnchorShapes): Boxes {
  const base = 16;
  const numbers: number[] = [];
  for (const ratio of ratios) {
    const width = roundHalfToEven(Math.sqrt(base ** 2 / ratio));
    const height = roundHalfToEven(width * ratio);
    for (const size of sizes) {
      const [right, bottom] = [(width * size) / base / 2, (height * size) / base / 2];
      numbers.push(base / 2 - right, base / 2 - bottom, base / 2 + right, base / 2 + bottom);
    }
  }
  return asBoxes(numbers);
}

/** Anchors centred on the origin that are not rounded, size by size and ratio by ratio within, as Detectron2 has them. */
export function exactAnchorsAtOrigin({ sizes, ratios }: AnchorShapes): Boxes {
  return asBoxes(
    sizes.flatMap((size) =>
      ratios.flatMap((ratio) => {
        const width = Math.sqrt(size ** 2 / ratio);
        const height = ratio * width;
        return [-width / 2, -height / 2, width / 2, height / 2];
      }),
    ),
  );
}

/** Whose anchors: {@link anchorsAtOrigin}'s, {@link exactAnchorsAtOrigin}'s or {@link caffeAnchorsAtOrigin}'s. */
export type AnchorForm = 'torchvision' | 'detectron2' | 'caffe';

const forms: Readonly<Record<AnchorForm, (shapes: AnchorShapes) => Boxes>> = {
  torchvision: anchorsAtOrigin,
  detectron2: exactAnchorsAtOrigin,
  caffe: caffeAnchorsAtOrigin,
};

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** `atOrigin` moved to every cell of a map, row by row: cell (x, y) is at (x · stride.width, y · stride.height). */
export function anchorGrid(atOrigin: Boxes, map: Size, stride: Size): Boxes {
  const anchors = emptyBoxes((atOrigin.length / 4) * map.width * map.height);
  let to = 0;
  for (let y = 0; y < map.height; y++) {
    for (let x = 0; x < map.width; x++) {
      for (let i = 0; i < atOrigin.length; i += 2) {
        anchors[to++] = atOrigin[i] + x * stride.width;
        anchors[to++] = atOrigin[i + 1] + y * stride.height;
      }
    }
  }
  return anchors;
}

/** The anchors of a pyramid, level after level, and how many each level has. */
export interface PyramidAnchors {
  readonly boxes: Boxes;
  readonly counts: readonly number[];
}

/** Options of {@link pyramidAnchors}. */
export interface PyramidAnchorsOptions {
  readonly form?: AnchorForm;
  /** Pixels of the input from a cell to the next, one for every level; the input's extent over each map's, rounded down, by default. */
  readonly stride?: number | undefined;
}

/**
 * Anchors of every level of a feature pyramid over an input of `image` pixels. The default stride, torchvision's, is the network's own where
 * maps are as large as the input divided by it; networks whose layers pad less or pool beyond the edge need to be told theirs.
 * @throws RangeError if there are not as many shapes as maps
 */
export function pyramidAnchors(shapes: readonly AnchorShapes[], maps: readonly Size[], image: Size, { form = 'torchvision', stride }: PyramidAnchorsOptions = {}): PyramidAnchors {
  if (shapes.length !== maps.length) {
    throw new RangeError(`pyramidAnchors: expected anchor shapes for ${maps.length} levels, got ${shapes.length}`);
  }
  const step = (extent: number, cells: number): number => stride ?? Math.floor(extent / cells);
  const levels = maps.map((map, level) =>
    anchorGrid(forms[form](shapes[level]), map, { width: step(image.width, map.width), height: step(image.height, map.height) }),
  );
  return { boxes: concatBoxes(levels), counts: levels.map((boxes) => boxes.length / 4) };
}
