import type { MeasureSystemsOutput } from '../worker/network/measure-systems.ts';
import type { System } from './stage.ts';

/** A part of what one image costs a system. */
export interface CostPart {
  readonly kind: 'proposals' | 'convolutions' | 'regions';
  readonly title: string;
  readonly milliseconds: number;
  /** Whether only some regions were run, and the rest is reckoned from them. */
  readonly extrapolated?: boolean;
}

/** What one image costs a system in detection. */
export interface SystemCost {
  readonly system: System;
  readonly year: number;
  /** What it shares among regions, or among its parts. */
  readonly shares: string;
  readonly parts: readonly CostPart[];
  readonly total: number;
  /** What its paper says of one image, and with what. */
  readonly published: string;
}

/** The five systems' costs from what was measured: the same network and image, and what each runs how often. */
export function systemCosts({ milliseconds: ms, searched, proposed, convolved, masked }: MeasureSystemsOutput): SystemCost[] {
  const search: CostPart = { kind: 'proposals', title: `selective search: ${searched} regions`, milliseconds: ms.selectiveSearch };
  const once: CostPart = { kind: 'convolutions', title: 'convolutions, once', milliseconds: ms.imageConvolutions };
  const network: CostPart = { kind: 'proposals', title: `proposal network: ${proposed} regions`, milliseconds: ms.regionProposals };
  const few: CostPart = { kind: 'regions', title: `RoIAlign and box head: ${proposed} regions`, milliseconds: ms.fewRegions };
  const each: CostPart = {
    kind: 'convolutions', title: `convolutions of ${searched} regions, one by one`, milliseconds: convolved === 0 ? 0 : (ms.regionConvolutions * searched) / convolved, extrapolated: searched > convolved,
  };
  return [
    cost('R-CNN', 2014, 'nothing: every region goes through the whole network', [search, each], 'R-CNN, VGG-16 on a K40: 47 s'),
    cost('SPPnet', 2014, 'the convolutions of the image', [search, once, { kind: 'regions', title: `pyramid pooling: ${searched} regions`, milliseconds: ms.pyramidPooling }], 'SPPnet, five scales: 2.3 s, proposals not counted'),
    cost('Fast R-CNN', 2015, 'the convolutions, in training too', [search, once, { kind: 'regions', title: `RoIPool and box head: ${searched} regions`, milliseconds: ms.manyRegions }], 'Fast R-CNN, VGG-16 on a K40: 0.32 s, with selective search 1.8 s'),
    cost('Faster R-CNN', 2015, 'the convolutions with the proposals, too', [network, once, few], 'Faster R-CNN, VGG-16 on a K40: 0.198 s'),
    cost('Mask R-CNN', 2017, 'the same, with a third head beside', [network, once, few, { kind: 'regions', title: `mask head: ${masked} detections`, milliseconds: ms.masks }], 'Mask R-CNN, ResNet-101-FPN: 5 images a second'),
  ];
}

function cost(system: System, year: number, shares: string, parts: readonly CostPart[], published: string): SystemCost {
  return { system, year, shares, parts, published, total: parts.reduce((sum, { milliseconds }) => sum + milliseconds, 0) };
}
