export { checkDataset, type CheckOptions, type DatasetReport, type SplitSummary } from './check-dataset.ts';
export { decodeImage, readExampleImage, type DecodeOptions } from './decode-image.ts';
export { type OpenOptions } from './open-dataset.ts';
export { readDataset, type ReadOptions } from './read-dataset.ts';
export { writeShapes, type WriteShapesOptions, type WrittenShapes } from './write-shapes.ts';
