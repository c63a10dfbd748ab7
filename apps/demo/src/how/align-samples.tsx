import { BoxOutlines } from '../parts/box-outlines.tsx';
import { Dots } from '../parts/dots.tsx';
import { drawnColours } from '../parts/drawn-colours.ts';
import type { PoolRegionOutput } from '../worker/tasks/pool-region.ts';

/** What {@link AlignSamples} is told. */
export interface AlignSamplesProps {
  readonly region: readonly number[];
  /** Bins along a side. */
  readonly bins: number;
  readonly samples: PoolRegionOutput;
  /** Whether pixel centres are at halves. */
  readonly aligned: boolean;
}

/** A region on the map, RoIAlign's bins and its samples. Where pixel centres are at integers, everything is half a pixel further on the page. */
export function AlignSamples({ region, bins, samples: { alignX, alignY }, aligned }: AlignSamplesProps) {
  const shift = aligned ? 0 : 0.5;
  const [x1, y1] = [region[0] + shift, region[1] + shift];
  // RoIAlign with centres at integers takes no region shorter than a pixel.
  const length = (low: number, high: number): number => (aligned ? high - low : Math.max(high - low, 1));
  const [width, height] = [length(region[0], region[2]) / bins, length(region[1], region[3]) / bins];
  const boxes: number[] = [];
  for (let row = 0; row < bins; row++) {
    for (let column = 0; column < bins; column++) {
      const [left, top] = [x1 + column * width, y1 + row * height];
      boxes.push(left, top, left + width, top + height);
    }
  }
  // Samples are positions among pixel centres, which are drawn in the middle of their squares.
  const points = Array.from(alignY, (y) => Array.from(alignX, (x) => [x + 0.5, y + 0.5] as const)).flat();
  return (
    <>
      <BoxOutlines boxes={boxes} colour={drawnColours.kept} width={1.5} />
      <Dots points={points} colour={drawnColours.marked} diameter={5} />
    </>
  );
}
