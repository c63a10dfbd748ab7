import { MAX_PICKLE_DEPTH, MAX_PICKLE_VALUES } from './limits.ts';
import type { PythonValue } from './python-value.ts';

interface Extent {
  readonly depth: number;
  readonly values: number;
}

const LEAF: Extent = { depth: 0, values: 1 };

/**
 * Refuses a value that contains itself, is nested deeper than {@link MAX_PICKLE_DEPTH}, or holds more than
 * {@link MAX_PICKLE_VALUES} when every reference counts anew (a "billion laughs"). The walk visits each container once and
 * goes no deeper than the limit.
 * @throws Error in one line
 */
export function checkNesting(root: PythonValue): void {
  const known = new Map<object, Extent>();
  const open = new Set<object>();
  const visit = (value: PythonValue): Extent => {
    const children = childrenOf(value);
    if (children === undefined) return LEAF;
    const container = value as object;
    const before = known.get(container);
    if (before !== undefined) return before;
    if (open.has(container)) throw new Error('expected values that end, got a container that holds itself');
    if (open.size >= MAX_PICKLE_DEPTH) throw new Error(`expected containers at most ${MAX_PICKLE_DEPTH} deep, got deeper nesting`);
    open.add(container);
    let depth = 0;
    let values = 1;
    for (const child of children) {
      const extent = visit(child);
      depth = Math.max(depth, extent.depth);
      values += extent.values;
    }
    open.delete(container);
    if (depth >= MAX_PICKLE_DEPTH) throw new Error(`expected containers at most ${MAX_PICKLE_DEPTH} deep, got deeper nesting`);
    if (values > MAX_PICKLE_VALUES) throw new Error(`expected at most ${MAX_PICKLE_VALUES} values, got ${values}: each level refers to the next many times`);
    known.set(container, { depth: depth + 1, values });
    return { depth: depth + 1, values };
  };
  visit(root);
}

function childrenOf(value: PythonValue): Iterable<PythonValue> | undefined {
  if (Array.isArray(value) || value instanceof Set) return value as Iterable<PythonValue>;
  return value instanceof Map ? [...value.keys(), ...value.values()] : undefined;
}
