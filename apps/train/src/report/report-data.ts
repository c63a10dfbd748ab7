import type { AblationSummary } from '../regions/ablation-summary.ts';
import type { EvaluationSummary } from './evaluation-summary.ts';
import type { MetricsRow } from './metrics-row.ts';

/** A picture in the report. */
export interface ReportSample {
  readonly name: string;
  /** The bytes of a PNG file. */
  readonly png: Uint8Array;
}

/** What a report shows. A part that is absent or empty has no section. */
export interface ReportData {
  readonly title: string;
  /** The run's configuration as text, as in `config.yaml`. */
  readonly configuration: string;
  readonly metrics: readonly MetricsRow[];
  readonly evaluation?: EvaluationSummary;
  readonly samples?: readonly ReportSample[];
  /** The variants of an R-CNN or SPPnet, a table for each split they were scored on. */
  readonly ablations?: readonly AblationSummary[];
}
