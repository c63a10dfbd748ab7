import { drawnColours } from '../parts/drawn-colours.ts';
import { strokeBox } from '../parts/stroke-box.ts';
import type { PoolRegionOutput } from '../worker/tasks/pool-region.ts';

/** Draws a region on the map and RoIPool's bins, a pixel of the map being the square from its number to the next. */
export function drawPoolBins(context: CanvasRenderingContext2D, pixel: number, region: readonly number[], { poolX, poolY }: PoolRegionOutput): void {
  for (let row = 0; row < poolY.length; row += 2) {
    for (let column = 0; column < poolX.length; column += 2) {
      // Bins overlap where a pixel is split: a little inset tells them apart.
      const inset = 0.08;
      const [x1, x2, y1, y2] = [poolX[column] + inset, poolX[column + 1] - inset, poolY[row] + inset, poolY[row + 1] - inset];
      if (x2 > x1 && y2 > y1) strokeBox(context, pixel, [x1, y1, x2, y2], 0, { colour: drawnColours.kept, width: 1.5 });
    }
  }
  strokeBox(context, pixel, region, 0, { colour: drawnColours.waiting, width: 1.5, dashed: true });
}

/** Draws a region on the map, RoIAlign's bins and its samples. Where pixel centres are at integers, everything is half a pixel further on the page. */
export function drawAlignSamples(context: CanvasRenderingContext2D, pixel: number, region: readonly number[], bins: number, { alignX, alignY }: PoolRegionOutput, aligned: boolean): void {
  const shift = aligned ? 0 : 0.5;
  const [x1, y1] = [region[0] + shift, region[1] + shift];
  // RoIAlign with centres at integers takes no region shorter than a pixel.
  const length = (low: number, high: number): number => (aligned ? high - low : Math.max(high - low, 1));
  const [width, height] = [length(region[0], region[2]), length(region[1], region[3])];
  for (let row = 0; row < bins; row++) {
    for (let column = 0; column < bins; column++) {
      const [left, top] = [x1 + (column * width) / bins, y1 + (row * height) / bins];
      strokeBox(context, pixel, [left, top, left + width / bins, top + height / bins], 0, { colour: drawnColours.kept, width: 1.5 });
    }
  }
  for (const y of alignY) {
    for (const x of alignX) {
      // Samples are positions among pixel centres, which are drawn in the middle of their squares.
      context.beginPath();
      context.arc(x + 0.5, y + 0.5, 2.5 * pixel, 0, 2 * Math.PI);
      context.fillStyle = drawnColours.marked;
      context.fill();
      context.lineWidth = pixel;
      context.strokeStyle = '#000c';
      context.stroke();
    }
  }
}
