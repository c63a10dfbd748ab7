export { asBoxDeltas, asBoxes, boxCount, concatBoxes, emptyBoxes, takeBoxes, type BoxDeltas, type Boxes } from './boxes.ts';
export { type RgbImage, type Size } from './image.ts';
export { createRng, restoreRng, type Rng, type RngState } from './rng.ts';
