import { numpyGlobals } from '../numpy/numpy-globals.ts';
import { torchGlobals } from '../torch/torch-globals.ts';
import type { Budget } from './limits.ts';
import type { Whitelist } from './pickle-machine.ts';
import { plainGlobals } from './plain-globals.ts';

/** Every name that a pickle of weights may use. */
export function weightsWhitelist(budget: Budget): Whitelist {
  return new Map([...plainGlobals(budget), ...torchGlobals(budget), ...numpyGlobals(budget)].map((each) => [each.name, each]));
}
