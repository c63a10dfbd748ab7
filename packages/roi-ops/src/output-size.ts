/** The size of a pooled map: one number for a square, or `[height, width]`. */
export type OutputSize = number | readonly [height: number, width: number];

/**
 * An {@link OutputSize} as height and width.
 * @throws RangeError unless both are positive integers
 */
export function heightAndWidth(caller: string, outputSize: OutputSize): readonly [height: number, width: number] {
  const size = typeof outputSize === 'number' ? ([outputSize, outputSize] as const) : outputSize;
  if (size.length !== 2 || !size.every((extent) => Number.isSafeInteger(extent) && extent > 0)) {
    throw new RangeError(`${caller}: expected outputSize a positive integer or two, got ${JSON.stringify(outputSize)}`);
  }
  return size;
}
