import { describe, expect, it } from 'vitest';
import { classColour } from './palette.ts';

describe('classColour', () => {
  it('gives twenty classes twenty colours, then repeats them', () => {
    const fills = Array.from({ length: 20 }, (_, i) => classColour(i + 1).fill);
    expect(new Set(fills).size).toBe(20);
    expect(classColour(21)).toEqual(classColour(1));
  });

  it('writes on every colour with a contrast of at least 4', () => {
    const luminance = (colour: string): number =>
      [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => sum + weight * (parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16) / 255) ** 2.2, 0);
    for (let label = 1; label <= 20; label++) {
      const { fill, text } = classColour(label);
      const [dark, light] = [luminance(fill), luminance(text)].sort((a, b) => a - b);
      expect((light + 0.05) / (dark + 0.05)).toBeGreaterThan(4);
    }
  });
});
