/** The activations that end a product in the same pass, as the range that they clamp to. */
const ranges: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['linear', [-Infinity, Infinity]],
  ['relu', [0, Infinity]],
  ['relu6', [0, 6]],
]);

/** The range of an activation (none: everything), or undefined where it is not a clamp. */
export function activationRange(activation: string | undefined): readonly [number, number] | undefined {
  return ranges.get(activation ?? 'linear');
}
