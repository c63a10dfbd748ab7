/** A bright colour for a number: hues a golden angle apart, so that numbers near each other look different. */
export function paletteColour(number: number): readonly [number, number, number] {
  const hue = (number * 137.508) % 360;
  const lightness = [0.5, 0.62, 0.4][number % 3];
  const channel = (offset: number): number => {
    const k = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - 0.75 * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

/** The same as CSS. */
export function paletteCss(number: number): string {
  return `rgb(${paletteColour(number).join(' ')})`;
}
