import { cocoFigureNames, cocoKeypointFigureNames, type CocoFigures, type CocoKeypointFigures } from '@rcnn/eval';
import type { MetricName } from './metric.ts';

/** A figure of COCO's measures. */
export type FigureName = keyof CocoFigures | keyof CocoKeypointFigures;

/** The figures of a measure, in the order of the COCO API's `stats`; none of Pascal VOC's. */
export function figureNames(metric: MetricName): readonly FigureName[] {
  if (metric === 'coco-keypoints') return cocoKeypointFigureNames;
  return metric === 'coco-bbox' || metric === 'coco-segm' ? cocoFigureNames : [];
}
