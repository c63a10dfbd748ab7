export { checkDataset, type CheckOptions, type DatasetReport, type SplitSummary } from './check-dataset.ts';
export { decodeImage, readExampleImage, type DecodeOptions } from './decode-image.ts';
export { decodeLabels, type LabelImage } from './decode-labels.ts';
export { isImageName } from './list-files.ts';
export { type OpenOptions } from './open-dataset.ts';
export { readExampleMasks } from './read-example-masks.ts';
export { readDataset, type ReadOptions } from './read-dataset.ts';
export { writeFigures, type WriteFiguresOptions, type WrittenFigures } from './write-figures.ts';
export { writeShapes, type WriteShapesOptions, type WrittenShapes } from './write-shapes.ts';
