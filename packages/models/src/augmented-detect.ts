import { batchedNms, concatBoxes, flipBoxes, flipImage, flipKeypoints, flipRle, takeBoxes, type Boxes, type Keypoints, type RgbImage, type Rle } from '@rcnn/geometry';
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
  /** Which keypoint takes the place of each in a mirror; needed to mirror the image for detectors that find keypoints. */
  readonly mirroredKeypoints?: ArrayLike<number> | undefined;
}

/**
 * Test-time augmentation: what several detectors (one model at several input sizes, say) find in an image and in its mirror
 * image, suppressed together class by class; masks and keypoints are those of the detections kept.
 * @throws Error if a mirrored image has keypoints, and `mirroredKeypoints` is not given, or only some of the detectors find masks, or keypoints
 */
export async function augmentedDetect(
  detectors: readonly Pick<Detector, 'detect'>[],
  image: RgbImage,
  { flip = true, nmsThreshold = 0.5, limit = 100, proposals, mirroredKeypoints }: AugmentedDetectOptions = {},
): Promise<Detections> {
  const found: Detections[] = [];
  for (const { detect } of detectors) {
    found.push(...(await detect([image], proposals && [proposals])));
    if (!flip) continue;
    const [mirrored] = await detect([flipImage(image)], proposals && [flipBoxes(proposals, image.width)]);
    found.push(unmirrored(mirrored, image.width, mirroredKeypoints));
  }
  const [hasMasks, hasKeypoints] = [allOrNone(found, 'masks'), allOrNone(found, 'keypoints')];
  const boxes = concatBoxes(found.map((each) => each.boxes));
  const scores = Float32Array.from(found.flatMap((each) => [...each.scores]));
  const labels = Int32Array.from(found.flatMap((each) => [...each.labels]));
  const masks: readonly Rle[] = found.flatMap((each) => each.masks ?? []);
  const poses = found.flatMap(posesOf);
  const kept = batchedNms(boxes, scores, labels, { threshold: nmsThreshold, limit });
  return {
    boxes: takeBoxes(boxes, kept),
    labels: Int32Array.from(kept, (i) => labels[i]),
    scores: Float32Array.from(kept, (i) => scores[i]),
    ...(hasMasks && { masks: Array.from(kept, (i) => masks[i]) }),
    ...(hasKeypoints && {
      keypoints: Float32Array.from([...kept].flatMap((i) => [...poses[i].keypoints])) as Keypoints,
      keypointScores: Float32Array.from([...kept].flatMap((i) => [...poses[i].scores])),
    }),
  };
}

/** Whether all results have a part, be it empty. @throws Error if only some have it */
function allOrNone(found: readonly Detections[], part: 'masks' | 'keypoints'): boolean {
  const count = found.filter((each) => each[part] !== undefined).length;
  if (count > 0 && count < found.length) throw new Error(`augmentedDetect: expected ${part} of all detectors or of none, got them in ${count} of ${found.length} results`);
  return count > 0;
}

/** What was found in a mirrored image, where it lies in the image itself. */
function unmirrored(found: Detections, width: number, mirrored: ArrayLike<number> | undefined): Detections {
  const boxes = flipBoxes(found.boxes, width);
  const masks = found.masks && { masks: found.masks.map(flipRle) };
  if (found.keypoints === undefined || found.keypointScores === undefined) return { ...found, boxes, ...masks };
  if (mirrored === undefined) throw new Error('augmentedDetect: expected mirroredKeypoints to mirror an image with keypoints');
  const { length } = mirrored;
  const scores = found.keypointScores.map((_, i, all) => all[i - (i % length) + mirrored[i % length]]);
  return { ...found, boxes, ...masks, keypoints: flipKeypoints(found.keypoints, width, mirrored), keypointScores: scores };
}

/** The keypoints of each detection by itself. */
function posesOf({ labels, keypoints, keypointScores }: Detections): { keypoints: Float32Array; scores: Float32Array }[] {
  if (keypoints === undefined || keypointScores === undefined) return [];
  const count = keypointScores.length / labels.length;
  return Array.from(labels, (_, i) => ({ keypoints: keypoints.subarray(3 * count * i, 3 * count * (i + 1)), scores: keypointScores.subarray(count * i, count * (i + 1)) }));
}
