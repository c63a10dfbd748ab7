export { flipBoxedImage, resizeBoxedImage, type BoxedImage } from './boxed-image.ts';
export {
  type CocoAnnotation,
  type CocoCategory,
  type CocoImage,
  type CocoInstances,
  type CocoRle,
  type CocoSegmentation,
} from './coco-format.ts';
export { type Dataset, type DatasetFormat, type Example, type GroundTruth, type InstanceImage } from './dataset.ts';
export { figureKeypoints, figureSkeleton, type FigureKeypoint } from './figures/figure-keypoints.ts';
export { generateFigures, type FiguresOptions, type FiguresSample } from './figures/generate-figures.ts';
export { formatCoco } from './format-coco.ts';
export { formatVocAnnotation } from './format-voc.ts';
export { groundTruthOf, type LabelledObject } from './ground-truth.ts';
export { masksOf } from './masks-of.ts';
export { parseCoco, type ParsedCoco } from './parse-coco.ts';
export { parseLabelMe, type LabelMeAnnotation, type LabelMeObject } from './parse-labelme.ts';
export { parseVocAnnotation, type ParsedVoc, type VocCoordinates } from './parse-voc.ts';
export { parseYoloLabels } from './parse-yolo.ts';
export { formatProblem, type Problem } from './problem.ts';
export { resizeImage } from './resize-image.ts';
export { generateShapes, type ShapesOptions, type ShapesSample } from './shapes/generate-shapes.ts';
export { shapeClasses, type ShapeClass } from './shapes/outline.ts';
export { type VocAnnotation, type VocObject } from './voc-annotation.ts';
export { inferVocClasses, pascalVocClasses } from './voc-classes.ts';
export { vocExample } from './voc-example.ts';
export { formatImageSet, parseImageSet, type ImageSetEntry } from './voc-image-set.ts';
