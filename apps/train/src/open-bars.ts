/**
 * The progress bars that are drawn at present, by what ends each: whoever leaves the program, by a mistake of the user's or by a signal, ends
 * them first. A bar has a timer, with which no process ends, and has hidden the terminal's cursor.
 */
const open = new Set<() => void>();

/** The bar that `stop` ends is drawn, until the function that this answers is called. */
export function openBar(stop: () => void): () => void {
  if (open.size === 0) signals.forEach((signal) => process.once(signal, leave));
  open.add(stop);
  return () => {
    if (open.delete(stop) && open.size === 0) signals.forEach((signal) => process.off(signal, leave));
  };
}

/** Ends every bar there is. */
export function stopBars(): void {
  for (const stop of open) stop();
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** With nobody listening any more, the signal does what it does by default, and the exit code is its own. */
function leave(signal: NodeJS.Signals): void {
  stopBars();
  process.kill(process.pid, signal);
}
