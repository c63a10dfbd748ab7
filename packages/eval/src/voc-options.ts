import { areaAveragePrecision, elevenPointAveragePrecision } from './average-precision.ts';

/** How {@link evaluateVoc} measures. */
export interface VocOptions {
  /** The least overlap (IoU) at which a detection has found a box; an overlap equal to it counts. */
  readonly iouThreshold?: number;
  /** Average precision of a precision–recall curve: {@link areaAveragePrecision} or {@link elevenPointAveragePrecision}. */
  readonly averagePrecision?: (recall: Float64Array, precision: Float64Array) => number;
  /** Whether a box covers its last pixel, `width = x2 − x1 + 1`, as in the VOC development kit. */
  readonly plusOne?: boolean;
}

/** The measure of VOC 2007: 11 points, widths with `+1` (development kit 2007, `VOCevaldet.m`). */
export const voc07 = {
  iouThreshold: 0.5,
  averagePrecision: elevenPointAveragePrecision,
  plusOne: true,
} as const satisfies VocOptions;

/** The measure of VOC 2010 to 2012: area under the curve, widths with `+1` (development kit 2012, `VOCevaldet.m`). */
export const voc12 = {
  iouThreshold: 0.5,
  averagePrecision: areaAveragePrecision,
  plusOne: true,
} as const satisfies VocOptions;

/** The measure of VOC 2012 on continuous coordinates, without `+1`: what {@link evaluateVoc} does by default. */
export const vocContinuous = {
  iouThreshold: 0.5,
  averagePrecision: areaAveragePrecision,
  plusOne: false,
} as const satisfies VocOptions;
