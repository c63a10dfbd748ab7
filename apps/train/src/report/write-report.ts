import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderReport } from './render-report.ts';
import type { ReportData } from './report-data.ts';

/**
 * Writes `report.html` into a run's directory: one file that needs no other, nor the network. It is written under
 * another name first, so that an interruption leaves the former report whole.
 * @returns the path of the report
 */
export async function writeReport(runDirectory: string, data: ReportData): Promise<string> {
  const path = join(runDirectory, 'report.html');
  const temporary = join(runDirectory, `.report-${randomUUID()}.html`);
  try {
    await writeFile(temporary, renderReport(data));
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  return path;
}
