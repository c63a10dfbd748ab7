import type { Rng } from '@rcnn/geometry';
import { blend, type Canvas } from './background.ts';
import type { Outline } from './outline.ts';
import { between, randomDirection, type Colour } from './random.ts';

/** Paints a shape, its edge antialiased over a pixel, shaded from one side to the other and at times rimmed. */
export function paintShape(rng: Rng, canvas: Canvas, { distance, extent }: Outline, colour: Colour): void {
  const [x1, y1, x2, y2] = extent;
  const side = Math.max(x2 - x1, y2 - y1);
  const [dx, dy] = randomDirection(rng);
  const shade = between(rng, 0, 0.35) / side;
  const rimmed = rng.uniform() < 0.3;
  const rim = between(rng, 0.03, 0.06) * side;
  const rimLight = between(rng, 0.45, 0.75);
  const top = Math.max(0, Math.floor(y1) - 1);
  const left = Math.max(0, Math.floor(x1) - 1);
  for (let y = top; y < Math.min(canvas.height, y2 + 1); y++) {
    for (let x = left; x < Math.min(canvas.width, x2 + 1); x++) {
      const inside = -distance(x + 0.5, y + 0.5);
      if (inside > -0.5) {
        const slope = 1 + shade * ((x - (x1 + x2) / 2) * dx + (y - (y1 + y2) / 2) * dy);
        const light = rimmed && inside < rim ? slope * rimLight : slope;
        const lit: Colour = [colour[0] * light, colour[1] * light, colour[2] * light];
        blend(canvas, y * canvas.width + x, lit, Math.min(1, inside + 0.5));
      }
    }
  }
}
