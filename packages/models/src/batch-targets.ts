import { concatBoxes, type BoxDeltas, type Boxes } from '@rcnn/geometry';
import type { BoxTargets, SampledRegions } from '@rcnn/heads';
import { inOrder } from './row-order.ts';

/** What the sampled regions of a batch's images are to say, as one list, row i being the region that stood at `order[i]`. */
export function batchTargets(samples: readonly SampledRegions[], order: Uint32Array): BoxTargets {
  const labels = samples.flatMap((sample) => [...sample.labels]);
  const deltas = concatBoxes(samples.map((sample) => sample.deltas as unknown as Boxes));
  return { labels: Int32Array.from(order, (i) => labels[i]), deltas: inOrder(deltas, order, 4) as BoxDeltas };
}
