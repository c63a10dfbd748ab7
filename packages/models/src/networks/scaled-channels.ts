/** A number of channels times `width`, even, so that two groups can share it. */
export function scaledChannels(channels: number, width: number): number {
  return Math.max(2, 2 * Math.round((channels * width) / 2));
}
