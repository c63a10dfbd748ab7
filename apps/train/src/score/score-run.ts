import type { ImageDetections } from '@rcnn/eval';
import type { Evaluation } from './measure.ts';
import type { MetricName } from './metric.ts';
import type { ScoreInputs } from './score-inputs.ts';

/** Detections with what an evaluation found. */
export interface ScoreRun {
  readonly path: string;
  readonly detections: readonly ImageDetections[];
  readonly evaluation: Evaluation;
}

/** What the report of `rcnn score` is made from; the first run is the one the report is about. */
export interface ScoreReportData {
  readonly metric: MetricName;
  readonly inputs: ScoreInputs;
  readonly runs: readonly ScoreRun[];
  /** Folder with the images. */
  readonly images?: string;
}
