import { describeValue, isPickledTensor, type PythonValue } from './pickle/python-value.ts';
import type { TypedWeight } from './typed-weight.ts';

/** Where checkpoints keep their state dict. */
const KEYS = ['model', 'state_dict', 'model_state_dict', 'blobs'];

/**
 * The tensors of the state dict in a checkpoint: the value itself, or what lies under one of the usual names. What is in
 * it besides tensors (an author, a counter that is a plain number) is left out.
 * @throws Error saying what was found instead
 */
export function stateDictOf(root: PythonValue): ReadonlyMap<string, TypedWeight> {
  for (let value = root; value instanceof Map; ) {
    const entries = [...(value as ReadonlyMap<PythonValue, PythonValue>)];
    const tensors = entries.flatMap(([name, each]) => (typeof name === 'string' && isPickledTensor(each) ? [[name, each] as const] : []));
    if (tensors.length > 0) return new Map(tensors.map(([name, tensor]) => [name, { dtype: tensor.dtype(), weight: tensor.read() }]));
    const dict: ReadonlyMap<PythonValue, PythonValue> = value;
    const key = KEYS.find((name) => dict.get(name) instanceof Map);
    if (key === undefined) {
      const names = entries.slice(0, 5).map(([name]) => describeValue(name)).join(', ');
      throw new Error(`expected a dict of tensors, or one under ${KEYS.join(', ')}; got a dict of ${names || 'nothing'}`);
    }
    value = dict.get(key);
  }
  throw new Error(`expected a dict of tensors, got ${describeValue(root)}`);
}
