import { latin1Bytes } from './byte-cursor.ts';
import type { Budget } from './limits.ts';
import { describeValue, type PythonGlobal, type PythonValue } from './python-value.ts';

type Call = (args: readonly PythonValue[]) => PythonValue;

/** Puts a function under its name of Python's. */
export const namedGlobal = (name: string, call?: Call): PythonGlobal => (call === undefined ? { kind: 'global', name } : { kind: 'global', name, call });

/** Python's own containers and byte strings, as protocols 0 to 2 write them. */
export function plainGlobals(budget: Budget): readonly PythonGlobal[] {
  const encode: Call = ([text, encoding]) => {
    if (typeof text !== 'string' || (encoding !== 'latin1' && encoding !== 'latin-1')) {
      throw new Error(`expected _codecs.encode of a text as latin1, got ${describeValue(text)} as ${describeValue(encoding)}`);
    }
    budget(text.length);
    return latin1Bytes(text);
  };
  const list = (name: string, items: PythonValue): readonly PythonValue[] => {
    if (items === undefined) return [];
    if (!Array.isArray(items)) throw new Error(`expected a list for ${name}, got ${describeValue(items)}`);
    // A list kept in the memo may be handed over any number of times.
    budget(16 * items.length);
    return items as readonly PythonValue[];
  };
  const set: Call = ([items]) => new Set(list('set', items));
  const bytes: Call = (args) => {
    if (args.length > 0) throw new Error(`expected empty bytes, got bytes(${describeValue(args[0])})`);
    return new Uint8Array(0);
  };
  const orderedDict: Call = ([items]) =>
    new Map(
      list('collections.OrderedDict', items).map((pair): [PythonValue, PythonValue] => {
        if (!Array.isArray(pair) || pair.length !== 2) throw new Error(`expected pairs for collections.OrderedDict, got ${describeValue(pair)}`);
        return [pair[0], pair[1]];
      }),
    );
  return [
    namedGlobal('collections.OrderedDict', orderedDict),
    namedGlobal('_codecs.encode', encode),
    ...['builtins', '__builtin__'].flatMap((module) => [
      namedGlobal(`${module}.set`, set),
      namedGlobal(`${module}.frozenset`, set),
      namedGlobal(`${module}.bytes`, bytes),
    ]),
  ];
}
