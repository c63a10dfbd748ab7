import { rleFromPolygons } from './rle-polygons.ts';
import { rleFromString } from './rle-string.ts';
import { rleFromCounts, type Rle } from './rle.ts';

/** What COCO's annotations and results write: polygons, or run lengths with their size `[height, width]`. */
export type Segmentation =
  | readonly ArrayLike<number>[]
  | { readonly size: ArrayLike<number>; readonly counts: string | ArrayLike<number> };

/**
 * A `segmentation` of a COCO file as run lengths: polygons, uncompressed or packed run lengths.
 * @throws RangeError if it is neither, is malformed, or was made for an image of another size
 */
export function parseSegmentation(segmentation: Segmentation, height: number, width: number): Rle {
  if (Array.isArray(segmentation)) {
    const odd = segmentation.findIndex((polygon) => typeof polygon !== 'object' || polygon === null);
    if (odd >= 0) {
      throw new RangeError(`parseSegmentation: expected a list of coordinates as polygon ${odd}, got ${JSON.stringify(segmentation[odd])}`);
    }
    return rleFromPolygons(segmentation as readonly ArrayLike<number>[], height, width);
  }
  const { size, counts } = (segmentation ?? {}) as Partial<Exclude<Segmentation, readonly ArrayLike<number>[]>>;
  if (!size || size.length !== 2 || (typeof counts !== 'string' && typeof counts?.length !== 'number')) {
    throw new RangeError(`parseSegmentation: expected polygons, or size and counts, got ${brief(segmentation)}`);
  }
  if (size[0] !== height || size[1] !== width) {
    throw new RangeError(`parseSegmentation: expected the size of the image, ${height} × ${width}, got a mask of ${size[0]} × ${size[1]}`);
  }
  return typeof counts === 'string' ? rleFromString(counts, height, width) : rleFromCounts(counts, height, width);
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
