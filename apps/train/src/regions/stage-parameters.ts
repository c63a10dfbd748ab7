import { ioToOi, type StateDict } from '@rcnn/weights';
import { numbersOf, type StageTensors } from './stage-file.ts';

/** A stage's tensors under the names and in the layout of the detector's state dict. */
export function stageParameters(prefix: string, tensors: StageTensors): StateDict {
  return new Map(
    [...tensors].map(([name, { shape }]) => {
      const weight = { shape, data: numbersOf(tensors, name) };
      return [`${prefix}.${name}`, shape.length === 2 ? ioToOi(weight) : weight];
    }),
  );
}
