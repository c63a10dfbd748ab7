import { join } from 'node:path';
import { writeAtomically } from '../atomic-write.ts';
import { renderReport } from './render-report.ts';
import type { ReportData } from './report-data.ts';

/**
 * Writes `report.html` into a run's directory: one file that needs no other, nor the network. An interruption
 * leaves the former report whole.
 * @returns the path of the report
 */
export function writeReport(runDirectory: string, data: ReportData): string {
  const path = join(runDirectory, 'report.html');
  writeAtomically(path, renderReport(data));
  return path;
}
