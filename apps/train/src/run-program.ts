import { CommanderError, type Command } from 'commander';
import { stopBars } from './open-bars.ts';

/**
 * Runs a command line and gives its exit code. Whatever is thrown becomes one line on stderr, `rcnn: …`, and exit code 1;
 * with RCNN_DEBUG set, the stack trace follows.
 */
export async function runProgram(program: Command, args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    refuseToExit(program);
    // Bars end before a word is said of what went wrong.
    await program.parseAsync([...args], { from: 'user' }).finally(stopBars);
    // A command that has found fault, but has said so itself, sets the exit code.
    exitCode = Number(process.exitCode ?? 0);
  } catch (error) {
    exitCode = report(error);
  } finally {
    process.exitCode = before;
  }
  return exitCode;
}

/** Commander throws in place of ending the process, and says nothing itself but its help. */
function refuseToExit(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined });
  command.commands.forEach(refuseToExit);
}

function report(error: unknown): number {
  if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')) {
    return error.exitCode;
  }
  const message = error instanceof Error ? error.message : String(error);
  const oneLine = message.trim().replace(/\s*\n\s*/g, ' ').replace(/^error: /, '');
  process.stderr.write(`rcnn: ${oneLine || 'failed without a reason'}\n`);
  if (process.env.RCNN_DEBUG && error instanceof Error) {
    process.stderr.write(`${error.stack}\n`);
  }
  return 1;
}
