import type { FoundObjects } from '../worker/tasks/detect-objects.ts';

/** Numbers of the objects with at least a score, the most certain last, so that it is drawn on top. */
export function visibleObjects({ scores }: FoundObjects, minScore: number): number[] {
  return [...scores.keys()].filter((i) => scores[i] >= minScore).reverse();
}
