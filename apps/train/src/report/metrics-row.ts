/** One line of a run's `metrics.jsonl`: one training step. */
export interface MetricsRow {
  /** Counted from 1. */
  readonly step: number;
  /** Epochs done, with their fraction. */
  readonly epoch: number;
  /** Losses by name, as they enter the sum; `total` is the sum, where given. One that was not finite is null, as JSON has it. */
  readonly losses: Readonly<Record<string, number | null>>;
  readonly learningRate: number;
  /** Norm of the gradients before clipping. */
  readonly gradientNorm?: number;
  readonly secondsPerStep: number;
}

/**
 * The rows of a `metrics.jsonl`. A last line without its line feed was being written when the run was interrupted, and is left out;
 * a row whose step is not above its predecessors' replaces them, as a resumed run repeats the steps after its checkpoint.
 * @param file the file's name, for errors
 * @throws RangeError if another line is not a row; the message names the file and the line
 */
export function parseMetrics(text: string, file = 'metrics.jsonl'): MetricsRow[] {
  const rows: MetricsRow[] = [];
  const lines = text.split('\n').slice(0, -1);
  lines.forEach((line, i) => {
    if (line.trim() === '') return;
    const row = parseRow(line);
    if (row === undefined) {
      const expected = '{step, epoch, losses, learningRate, secondsPerStep}';
      throw new RangeError(`${file}:${i + 1}: expected ${expected}, got ${line.slice(0, 60)}`);
    }
    while (rows.length > 0 && rows[rows.length - 1].step >= row.step) rows.pop();
    rows.push(row);
  });
  return rows;
}

function parseRow(line: string): MetricsRow | undefined {
  try {
    const row = JSON.parse(line) as Partial<MetricsRow> | null;
    const numbers = [row?.step, row?.epoch, row?.learningRate, row?.secondsPerStep];
    const sound = typeof row?.losses === 'object' && row.losses !== null && numbers.every((n) => typeof n === 'number');
    return sound ? (row as MetricsRow) : undefined;
  } catch {
    return undefined;
  }
}
