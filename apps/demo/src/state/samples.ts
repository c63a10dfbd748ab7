/** Seeds of the sample images, none of which the bundled model has learnt from. */
const seeds = [7, 12, 23, 31, 42, 58, 64, 71];

let at = 0;

/** The sample that the page opens with. */
export const firstSample = seeds[0];

/** The seed of the next sample, in turn. */
export function nextSample(): number {
  at = (at + 1) % seeds.length;
  return seeds[at];
}
