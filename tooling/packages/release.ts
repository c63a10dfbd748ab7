// `pnpm release`: publishes what is not on npm yet, once it has been checked as its users will get it. With `--dry-run`
// everything is done but the publishing: which versions the changesets ask for, the checks, and what npm would be sent.
import { spawnSync } from 'node:child_process';
import { root } from './workspace.ts';

const dry = process.argv.includes('--dry-run');

/** Runs a step in the open; its failure ends the release. */
function step(command: string, ...args: string[]): void {
  console.log(`\n$ ${[command, ...args].join(' ')}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`release: stopped, because "${[command, ...args].join(' ')}" failed`);
    process.exit(1);
  }
}

if (dry) step('pnpm', 'changeset', 'status', '--verbose');
step('pnpm', 'readmes', '--check');
step('pnpm', 'check:packages');
// changesets has no dry run of its own; what it calls to publish has.
if (dry) step('pnpm', 'publish', '--recursive', '--dry-run', '--no-git-checks', '--access', 'public');
else step('pnpm', 'changeset', 'publish');
