#!/usr/bin/env node
import { createProgram } from './program.ts';
import { stopBars } from './open-bars.ts';
import { runProgram } from './run-program.ts';

// `rcnn … | head` is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
  stopBars(); // the cursor is hidden as long as there is one
  process.exit();
});

process.exitCode = await runProgram(createProgram(), process.argv.slice(2));
