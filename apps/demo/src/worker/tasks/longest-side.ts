/** The longest side of the images that are computed on; larger files are scaled down to it. */
export const LONGEST_SIDE = 1600;
