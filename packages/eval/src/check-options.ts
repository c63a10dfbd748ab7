/**
 * @param highest the most that the last value may be
 * @throws RangeError unless the values are above 0 and ascend
 */
export function checkAscending(caller: string, name: string, values: readonly number[], highest = Infinity): void {
  const sound = values.every((value, i) => value > (i > 0 ? values[i - 1] : 0) && value <= highest);
  if (values.length === 0 || !sound) {
    const limit = highest < Infinity ? ` up to ${highest}` : '';
    throw new RangeError(`${caller}: expected ${name} above 0 in ascending order${limit}, got [${values.join(', ')}]`);
  }
}
