import { BoxOutlines } from '../parts/box-outlines.tsx';
import { drawnColours } from '../parts/drawn-colours.ts';
import type { PoolRegionOutput } from '../worker/tasks/pool-region.ts';

/** A region on the map and RoIPool's bins, a pixel of the map being the square from its number to the next. */
export function PoolBins({ region, bins: { poolX, poolY } }: { readonly region: readonly number[]; readonly bins: PoolRegionOutput }) {
  // Bins overlap where a pixel is split: a little inset tells them apart.
  const inset = 0.08;
  const bins: number[] = [];
  for (let row = 0; row < poolY.length; row += 2) {
    for (let column = 0; column < poolX.length; column += 2) {
      const [x1, x2, y1, y2] = [poolX[column] + inset, poolX[column + 1] - inset, poolY[row] + inset, poolY[row + 1] - inset];
      if (x2 > x1 && y2 > y1) bins.push(x1, y1, x2, y2);
    }
  }
  return (
    <>
      <BoxOutlines boxes={bins} colour={drawnColours.kept} width={1.5} />
      <BoxOutlines boxes={region} colour={drawnColours.waiting} width={1.5} dashed />
    </>
  );
}
