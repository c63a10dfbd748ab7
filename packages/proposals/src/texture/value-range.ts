/** The least and the greatest of integers. */
export function valueRange(values: Int32Array): { min: number; max: number } {
  let min = values[0];
  let max = values[0];
  for (let i = 1; i < values.length; i++) {
    const value = values[i];
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

/** The same of the lower and of the upper halves of words. */
export function packedRanges(words: Int32Array): [{ min: number; max: number }, { min: number; max: number }] {
  let [minX, minY, maxX, maxY] = [32767, 32767, -32768, -32768];
  for (let i = 0; i < words.length; i++) {
    const x = (words[i] << 16) >> 16;
    const y = words[i] >> 16;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return [
    { min: minX, max: maxX },
    { min: minY, max: maxY },
  ];
}
