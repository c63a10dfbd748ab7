import type { Boxes } from '@rcnn/geometry';

/** Options of {@link pyramidLevels}: level `canonicalLevel` gets the boxes of side `canonicalSize`. */
export interface PyramidLevelOptions {
  /** Levels there are, and log₂ of the stride of the finest. */
  readonly levels: number;
  readonly finest: number;
  readonly canonicalSize?: number;
  readonly canonicalLevel?: number;
}

/**
 * The level of a feature pyramid each box is pooled from (FPN, eq. 1): k = ⌊k₀ + log₂(√(wh) / 224)⌋, within the levels
 * there are; 0 is the finest. A millionth is added outside the logarithm, as torchvision does.
 */
export function pyramidLevels(boxes: Boxes, { levels, finest, canonicalSize = 224, canonicalLevel = 4 }: PyramidLevelOptions): Uint8Array {
  return Uint8Array.from({ length: boxes.length / 4 }, (_, i) => {
    const width = boxes[4 * i + 2] - boxes[4 * i];
    const height = boxes[4 * i + 3] - boxes[4 * i + 1];
    // In float32, because a box of exactly the canonical size must not fall a level by rounding.
    const side = Math.fround(Math.sqrt(Math.fround(width * height)));
    const level = Math.floor(canonicalLevel + Math.fround(Math.log2(Math.fround(side / canonicalSize))) + 1e-6);
    return Math.min(Math.max(level - finest, 0), levels - 1);
  });
}
