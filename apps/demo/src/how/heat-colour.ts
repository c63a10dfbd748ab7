const stops: readonly (readonly [number, number, number])[] = [[13, 8, 60], [84, 16, 120], [181, 54, 98], [244, 128, 44], [252, 238, 140]];

/** A colour for 0 … 1, from dark blue over red to light yellow; lightness rises all the way. */
export function heatColour(value: number): readonly [number, number, number] {
  const position = Math.min(Math.max(value, 0), 1) * (stops.length - 1);
  const low = Math.min(Math.floor(position), stops.length - 2);
  const share = position - low;
  const mix = (channel: 0 | 1 | 2): number => Math.round(stops[low][channel] * (1 - share) + stops[low + 1][channel] * share);
  return [mix(0), mix(1), mix(2)];
}
