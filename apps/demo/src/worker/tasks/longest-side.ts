/**
 * The longest side of the images that are computed on; larger files are scaled down to it. The detectors of the papers take no larger
 * ones (Ren et al. 2015, §3.3: 600 pixels for the shorter side; He et al. 2017, §3.1: 800), and the page stays free while it is drawn.
 */
export const LONGEST_SIDE = 1333;
