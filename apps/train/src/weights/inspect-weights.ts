import { sizeOf } from '@rcnn/weights';
import { formatTable } from '../output.ts';
import { readWeightsFile } from '../run/read-weights.ts';

/** What `rcnn weights inspect --json` prints. */
export interface WeightsSummary {
  readonly file: string;
  readonly format: string;
  readonly tensors: readonly { readonly name: string; readonly shape: readonly number[]; readonly dtype: string }[];
  /** How many numbers the tensors are together. */
  readonly total: number;
}

/** The names, shapes and dtypes in a file of weights. @throws Error with the file's name, if it cannot be read */
export function inspectWeights(file: string): WeightsSummary {
  const { format, tensors, dtypes } = readWeightsFile(file);
  return {
    file,
    format,
    tensors: [...tensors].map(([name, { shape }]) => ({ name, shape, dtype: dtypes.get(name) ?? '' })),
    total: [...tensors.values()].reduce((sum, { shape }) => sum + sizeOf(shape), 0),
  };
}

/** The summary as a table. */
export function formatWeights({ format, tensors, total }: WeightsSummary): string {
  const rows = tensors.map(({ name, shape, dtype }) => [name, shape.join('×') || 'scalar', dtype]);
  return `${formatTable([['tensor', 'shape', 'dtype'], ...rows])}${tensors.length} tensors, ${total} numbers, ${format}\n`;
}
