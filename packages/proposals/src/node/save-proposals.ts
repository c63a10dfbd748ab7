import { rename, rm, writeFile } from 'node:fs/promises';
import { toProposalRecord, type ImageProposals } from '../files/proposal-record.ts';

/** Writes proposals as JSON, a list of records, one a line; under a temporary name first, then renamed. */
export async function saveProposals(file: string, proposals: readonly ImageProposals[]): Promise<void> {
  const temporary = `${file}.partial`;
  const lines = proposals.map((each) => JSON.stringify(toProposalRecord(each)));
  try {
    await writeFile(temporary, `[\n${lines.join(',\n')}\n]\n`);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}
