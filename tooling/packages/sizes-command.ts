// `pnpm sizes`: what each package weighs. `--accept` keeps the figures in sizes.json, from where they go into the READMEs.
import { build } from './pack.ts';
import { acceptedSizes, acceptSizes, kilobytes, measureSizes, sizeFaults } from './sizes.ts';

await build();
const { sizes: measured, faults: unbuilt } = await measureSizes();
for (const [name, size] of Object.entries(measured)) console.log(`${name.padEnd(24)}${kilobytes(size).padStart(10)}`);
if (process.argv.includes('--accept')) {
  acceptSizes(measured);
} else {
  const faults = [...unbuilt, ...sizeFaults(measured, acceptedSizes())];
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
