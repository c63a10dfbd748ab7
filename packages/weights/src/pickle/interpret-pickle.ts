import type { ByteCursor } from './byte-cursor.ts';
import { checkNesting } from './check-nesting.ts';
import { MAX_PICKLE_OPERATIONS } from './limits.ts';
import { literalOpcodes } from './literal-opcodes.ts';
import { pickleMachine, type Whitelist } from './pickle-machine.ts';
import type { PythonValue } from './python-value.ts';
import { structureOpcodes } from './structure-opcodes.ts';

const opcodes = new Map([...literalOpcodes, ...structureOpcodes]);
const STOP = 0x2e;

/**
 * The value of a pickle, protocols 0 to 5, interpreted: a stack machine whose only callables are the functions of the
 * whitelist, so that a pickle computes nothing but what is written in this package. Leaves the cursor behind the pickle.
 * @param persistent what an object outside of the pickle is, by its id: PyTorch's storages
 * @throws Error in one line with the byte: a name that is not of the whitelist, an opcode that weights do not need,
 *   a pickle that is damaged or made to exhaust the memory
 */
export function interpretPickle(cursor: ByteCursor, whitelist: Whitelist, persistent?: (id: PythonValue) => PythonValue): PythonValue {
  const machine = pickleMachine(cursor, whitelist, persistent);
  let at = cursor.position();
  try {
    for (let operation = 0; ; operation++) {
      at = cursor.position();
      if (operation >= MAX_PICKLE_OPERATIONS) throw new Error(`expected at most ${MAX_PICKLE_OPERATIONS} operations, got more`);
      const opcode = cursor.uint8();
      if (opcode === STOP) break;
      const execute = opcodes.get(opcode);
      if (execute === undefined) throw new Error(`expected an opcode that weights need, got 0x${opcode.toString(16).padStart(2, '0')}`);
      execute(machine);
    }
    const value = machine.pop();
    checkNesting(value);
    return value;
  } catch (error) {
    throw new Error(`pickle, byte ${at}: ${(error as Error).message}`, { cause: error });
  }
}
