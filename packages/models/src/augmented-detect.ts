import { batchedNms, concatBoxes, flipBoxes, flipImage, flipRle, takeBoxes, type Boxes, type RgbImage, type Rle } from '@rcnn/geometry';
import type { Detections } from '@rcnn/heads';
import type { Detector } from './detector.ts';

/** Options of {@link augmentedDetect}. */
export interface AugmentedDetectOptions {
  /** Whether to look at the mirrored image too. */
  readonly flip?: boolean;
  readonly nmsThreshold?: number;
  /** Detections kept an image. */
  readonly limit?: number;
  /** The image's regions, for detectors that propose none themselves. */
  readonly proposals?: Boxes | undefined;
}

/**
 * Test-time augmentation: what several detectors (one model at several input sizes, say) find in an image and in its mirror
 * image, suppressed together class by class.
 */
export async function augmentedDetect(
  detectors: readonly Pick<Detector, 'detect'>[],
  image: RgbImage,
  { flip = true, nmsThreshold = 0.5, limit = 100, proposals }: AugmentedDetectOptions = {},
): Promise<Detections> {
  const found: Detections[] = [];
  for (const { detect } of detectors) {
    found.push(...(await detect([image], proposals && [proposals])));
    if (!flip) continue;
    const [mirrored] = await detect([flipImage(image)], proposals && [flipBoxes(proposals, image.width)]);
    found.push({ ...mirrored, boxes: flipBoxes(mirrored.boxes, image.width), ...(mirrored.masks && { masks: mirrored.masks.map(flipRle) }) });
  }
  const boxes = concatBoxes(found.map((each) => each.boxes));
  const scores = Float32Array.from(found.flatMap((each) => [...each.scores]));
  const labels = Int32Array.from(found.flatMap((each) => [...each.labels]));
  const masks: readonly Rle[] = found.flatMap((each) => each.masks ?? []);
  const kept = batchedNms(boxes, scores, labels, { threshold: nmsThreshold, limit });
  return {
    boxes: takeBoxes(boxes, kept),
    labels: Int32Array.from(kept, (i) => labels[i]),
    scores: Float32Array.from(kept, (i) => scores[i]),
    ...(masks.length > 0 && { masks: Array.from(kept, (i) => masks[i]) }),
  };
}
