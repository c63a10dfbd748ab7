import type { PickleMachine } from './pickle-machine.ts';
import { describeValue, isBuildable, type PythonValue } from './python-value.ts';

function setItems(target: PythonValue, items: readonly PythonValue[]): void {
  if (!(target instanceof Map)) throw new Error(`expected a dict to add to, got ${describeValue(target)}`);
  if (items.length % 2 !== 0) throw new Error('expected a value for each key of a dict, got one too few');
  for (let i = 0; i < items.length; i += 2) target.set(items[i], items[i + 1]);
}

function append(target: PythonValue, items: readonly PythonValue[]): void {
  if (!Array.isArray(target)) throw new Error(`expected a list to add to, got ${describeValue(target)}`);
  for (const item of items) target.push(item);
}

function addItems(target: PythonValue, items: readonly PythonValue[]): void {
  if (!(target instanceof Set)) throw new Error(`expected a set to add to, got ${describeValue(target)}`);
  for (const item of items) target.add(item);
}

/** Attributes of a dict (a state dict's `_metadata`) are passed over; what else takes a state is of the whitelist. */
function build(target: PythonValue, state: PythonValue): void {
  if (isBuildable(target)) target.build(state);
  else if (!(target instanceof Map)) throw new Error(`expected an array or a dict to give a state to, got ${describeValue(target)}`);
}

function dict(items: readonly PythonValue[]): Map<PythonValue, PythonValue> {
  const made = new Map<PythonValue, PythonValue>();
  setItems(made, items);
  return made;
}

const put = (machine: PickleMachine, index: number): void => void machine.memo.set(index, machine.top());

function get(machine: PickleMachine, index: number): void {
  if (!machine.memo.has(index)) throw new Error(`expected a value kept under ${index}, got none`);
  machine.push(machine.memo.get(index));
}

function index(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new Error('expected a whole number, got something else');
  return Number(text);
}

/** `n` values from the stack, in the order they were pushed. */
function popped({ pop }: PickleMachine, n: number): PythonValue[] {
  return Array.from({ length: n }, pop).reverse();
}

function global(machine: PickleMachine): void {
  const { cursor } = machine;
  const module = cursor.line();
  machine.push(machine.resolve(module, cursor.line()));
}

function stackGlobal(machine: PickleMachine): void {
  const [module, name] = popped(machine, 2);
  if (typeof module !== 'string' || typeof name !== 'string') throw new Error('expected a module and a name, got something else');
  machine.push(machine.resolve(module, name));
}

function reduce(machine: PickleMachine): void {
  const [callable, args] = popped(machine, 2);
  machine.push(machine.call(callable, args));
}

function instance(machine: PickleMachine): void {
  const { cursor } = machine;
  const module = cursor.line();
  machine.push(machine.call(machine.resolve(module, cursor.line()), machine.popToMark()));
}

function object(machine: PickleMachine): void {
  const [callable, ...args] = machine.popToMark();
  machine.push(machine.call(callable, args));
}

/** Takes what one value or all since the mark, then hands both to `change`. */
const change = (items: (machine: PickleMachine) => PythonValue[], into: (target: PythonValue, items: readonly PythonValue[]) => void) => (machine: PickleMachine) => {
  const added = items(machine);
  into(machine.top(), added);
};
const marked = (machine: PickleMachine): PythonValue[] => machine.popToMark();

/** The opcodes that make containers and objects, and those that move values about. */
export const structureOpcodes: readonly (readonly [number, (machine: PickleMachine) => void])[] = [
  [0x80, ({ cursor }) => void cursor.uint8()], // PROTO
  [0x95, ({ cursor }) => void cursor.uint64()], // FRAME
  [0x28, ({ mark }) => mark()], // MARK
  [0x30, ({ pop }) => void pop()], // POP
  [0x31, ({ popToMark }) => void popToMark()], // POP_MARK
  [0x32, ({ push, top }) => push(top())], // DUP
  [0x5d, ({ push }) => push([])], // EMPTY_LIST
  [0x7d, ({ push }) => push(new Map())], // EMPTY_DICT
  [0x29, ({ push }) => push([])], // EMPTY_TUPLE
  [0x8f, ({ push }) => push(new Set())], // EMPTY_SET
  [0x6c, ({ push, popToMark }) => push(popToMark())], // LIST
  [0x74, ({ push, popToMark }) => push(popToMark())], // TUPLE
  [0x64, ({ push, popToMark }) => push(dict(popToMark()))], // DICT
  [0x91, ({ push, popToMark }) => push(new Set(popToMark()))], // FROZENSET
  [0x85, (machine) => machine.push(popped(machine, 1))], // TUPLE1
  [0x86, (machine) => machine.push(popped(machine, 2))], // TUPLE2
  [0x87, (machine) => machine.push(popped(machine, 3))], // TUPLE3
  [0x61, change((machine) => popped(machine, 1), append)], // APPEND
  [0x65, change(marked, append)], // APPENDS
  [0x73, change((machine) => popped(machine, 2), setItems)], // SETITEM
  [0x75, change(marked, setItems)], // SETITEMS
  [0x90, change(marked, addItems)], // ADDITEMS
  [0x62, change((machine) => popped(machine, 1), (target, [state]) => build(target, state))], // BUILD
  [0x70, (machine) => put(machine, index(machine.cursor.line()))], // PUT
  [0x71, (machine) => put(machine, machine.cursor.uint8())], // BINPUT
  [0x72, (machine) => put(machine, machine.cursor.uint32())], // LONG_BINPUT
  [0x94, (machine) => put(machine, machine.memo.size)], // MEMOIZE
  [0x67, (machine) => get(machine, index(machine.cursor.line()))], // GET
  [0x68, (machine) => get(machine, machine.cursor.uint8())], // BINGET
  [0x6a, (machine) => get(machine, machine.cursor.uint32())], // LONG_BINGET
  [0x63, global], // GLOBAL
  [0x93, stackGlobal], // STACK_GLOBAL
  [0x52, reduce], // REDUCE
  [0x81, reduce], // NEWOBJ
  [0x69, instance], // INST
  [0x6f, object], // OBJ
  [0x50, (machine) => machine.push(machine.persistent(machine.cursor.line()))], // PERSID
  [0x51, (machine) => machine.push(machine.persistent(machine.pop()))], // BINPERSID
];
