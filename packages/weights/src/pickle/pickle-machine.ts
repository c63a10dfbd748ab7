import type { ByteCursor } from './byte-cursor.ts';
import { describeValue, isGlobal, type PythonGlobal, type PythonValue } from './python-value.ts';

/** The names a pickle may use, by `module.name`. */
export type Whitelist = ReadonlyMap<string, PythonGlobal>;

/** The state of a pickle's stack machine, as the opcodes see it. */
export interface PickleMachine {
  readonly cursor: ByteCursor;
  readonly memo: Map<number, PythonValue>;
  readonly push: (value: PythonValue) => void;
  readonly pop: () => PythonValue;
  /** The value on top, which stays. */
  readonly top: () => PythonValue;
  readonly mark: () => void;
  /** What was pushed since the last mark, which is taken away with it. */
  readonly popToMark: () => PythonValue[];
  readonly resolve: (module: string, name: string) => PythonGlobal;
  readonly call: (callable: PythonValue, args: PythonValue) => PythonValue;
  readonly persistent: (id: PythonValue) => PythonValue;
}

/** An empty machine. */
export function pickleMachine(cursor: ByteCursor, whitelist: Whitelist, persistent?: (id: PythonValue) => PythonValue): PickleMachine {
  const stack: PythonValue[] = [];
  const marks: number[] = [];
  const atLeast = (count: number): void => {
    if (stack.length - (marks.at(-1) ?? 0) < count) throw new Error('expected a value on the stack, got none');
  };
  return {
    cursor,
    memo: new Map(),
    push: (value) => void stack.push(value),
    pop: () => {
      atLeast(1);
      return stack.pop();
    },
    top: () => {
      atLeast(1);
      return stack.at(-1);
    },
    mark: () => void marks.push(stack.length),
    popToMark: () => {
      const from = marks.pop();
      if (from === undefined) throw new Error('expected a mark on the stack, got none');
      return stack.splice(from);
    },
    resolve: (module, name) => {
      const found = whitelist.get(`${module}.${name}`);
      if (found === undefined) {
        throw new Error(`expected tensors, ordered dicts and plain values, got ${printable(`${module}.${name}`)}: refused, nothing was executed`);
      }
      return found;
    },
    call: (callable, args) => {
      if (!isGlobal(callable) || callable.call === undefined) throw new Error(`expected something to call, got ${describeValue(callable)}`);
      if (!Array.isArray(args)) throw new Error(`expected arguments for ${callable.name}, got ${describeValue(args)}`);
      return callable.call(args);
    },
    persistent: (id) => {
      if (persistent === undefined) throw new Error(`expected a pickle without outside objects, got the reference ${describeValue(id)}`);
      return persistent(id);
    },
  };
}

/** A name from a file that may hold anything, fit for one line. */
function printable(name: string): string {
  const text = name.replace(/[^\x20-\x7e]/g, '?');
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
