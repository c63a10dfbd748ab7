import { parse } from 'yaml';

type Tree = Record<string, unknown>;

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * `base` with the values of `overrides` in place of its own, branch by branch; lists, and branches of another
 * `kind`, are replaced whole.
 */
export function merge(base: unknown, overrides: unknown): unknown {
  if (!isTree(base) || !isTree(overrides)) return overrides;
  if (overrides['kind'] !== undefined && overrides['kind'] !== base['kind']) return overrides;
  const merged: Tree = { ...base };
  for (const [key, value] of Object.entries(overrides)) {
    merged[key] = key in base ? merge(base[key], value) : value;
  }
  return merged;
}

/**
 * `a.b=c` as the tree `{ a: { b: c } }`; the value is read as YAML.
 * @throws Error if there is no `=` or the value is not YAML
 */
export function parseSetting(setting: string): object {
  const equals = setting.indexOf('=');
  if (equals < 1) throw new Error(`option '--set': expected a.b=value, got "${setting}"`);
  const path = setting.slice(0, equals).split('.');
  let value: unknown;
  try {
    value = parse(setting.slice(equals + 1));
  } catch {
    throw new Error(`option '--set': the value of ${path.join('.')} is not YAML: "${setting.slice(equals + 1)}"`);
  }
  const last = path.length - 1;
  return path.slice(0, last).reduceRight<object>((inner, key) => ({ [key]: inner }), { [path[last]]: value });
}
