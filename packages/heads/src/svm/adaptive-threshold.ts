/** The score of one class below which nothing can be among the best of a whole set of images any more. */
export interface AdaptiveThreshold {
  /** Takes scores of another image. */
  readonly add: (scores: ArrayLike<number>) => void;
  /** The lowest of the best `limit` scores so far, or −∞ while there are no more than that. It only rises. */
  readonly threshold: () => number;
}

/**
 * R-CNN's threshold for testing on many images (its own code's `rcnn_test`): of one class only the best `limit` detections
 * of the whole set are kept, 40 an image there, so that regions below the lowest of them need not be kept meanwhile.
 */
export function adaptiveThreshold(limit: number): AdaptiveThreshold {
  let best: number[] = [];
  let lowest = -Infinity;
  return {
    add: (scores) => {
      best = best.concat(Array.from(scores).filter((score) => score > lowest));
      if (best.length > limit) {
        best = best.sort((a, b) => b - a).slice(0, limit);
        lowest = best[limit - 1];
      }
    },
    threshold: () => lowest,
  };
}
