#!/usr/bin/env tsx
import { Command } from 'commander';

import { measure } from './measure.ts';
import { startPythonPeer } from './python-peer.ts';
import { type Row } from './subject.ts';
import { subjects } from './subjects.ts';
import { formatTable } from './table.ts';

const names = Object.keys(subjects).join(', ');
const program = new Command('bench')
  .description('Measures our packages beside their peers, in one interleaved run: medians, and ratio = peer / ours.')
  .argument('<subject>', names)
  .option('--json', 'print one JSON document: {"rows": [{name, engine, ms, peer, peerMs, ratio}]}')
  .option('--only <words>', 'measure only the rows that have all these words in their name and engine')
  .action(async (name: string, { json = false, only }: { json?: boolean; only?: string }) => {
    const rows = await benchmark(name, only);
    console.log(json ? JSON.stringify({ rows }, null, 2) : formatTable(rows));
  });

async function benchmark(name: string, only?: string): Promise<readonly Row[]> {
  if (!Object.hasOwn(subjects, name)) {
    throw new Error(`expected a subject (${names}), got ${name}`);
  }
  const subject = subjects[name];
  const peer = subject.peer === undefined ? null : await startPythonPeer(subject.peer);
  try {
    const rows: Row[] = [];
    const cases = await subject.cases();
    const words = only?.split(' ') ?? [];
    const chosen = cases.filter(({ name, engine }) => words.every((word) => `${name} ${engine}`.includes(word)));
    for (const [i, benchmarkCase] of chosen.entries()) {
      process.stderr.write(`${i + 1}/${chosen.length} ${benchmarkCase.name} (${benchmarkCase.engine})\n`);
      rows.push(await measure(benchmarkCase, peer));
    }
    if (only === undefined) rows.push(...((await subject.figures?.(peer)) ?? []));
    return rows;
  } finally {
    await peer?.close();
  }
}

try {
  await program.parseAsync();
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
