import type { RgbImage, Rng } from '@rcnn/geometry';
import type { Canvas } from './background.ts';
import { between } from './random.ts';

/** The canvas as bytes, with noise over it. */
export function developCanvas(rng: Rng, { width, height, data: channels }: Canvas): RgbImage {
  const noise = between(rng, 0, 20);
  const data = new Uint8Array(channels.length);
  for (let i = 0; i < data.length; i++) {
    // The sum of two uniforms: bell-shaped enough, and exact on every engine.
    const value = channels[i] + noise * (rng.uniform() + rng.uniform() - 1);
    data[i] = Math.min(255, Math.max(0, value)) + 0.5;
  }
  return { width, height, data };
}
