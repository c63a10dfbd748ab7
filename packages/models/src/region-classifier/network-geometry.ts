import { sppGeometry, type SppGeometry, type SppLayer } from '@rcnn/roi-ops';
import type { RegionNetworkName } from '../networks/region-network.ts';

const pool: SppLayer = { kernel: 3, stride: 2 };
const same = (kernel: number, stride = 1): SppLayer => ({ kernel, stride, padding: (kernel - 1) / 2 });

const alexnet: readonly SppLayer[] = [{ kernel: 11, stride: 4 }, pool, same(5), pool, same(3), same(3), same(3)];

/** What moves a network's cells: its convolutions and poolings up to the map that regions are pooled from. */
const layers: Readonly<Record<RegionNetworkName, readonly SppLayer[]>> = {
  alexnet,
  caffenet: alexnet,
  vgg_cnn_m_1024: [{ kernel: 7, stride: 2 }, pool, { kernel: 5, stride: 2, padding: 1 }, pool, same(3), same(3), same(3)],
  zf: [same(7, 2), same(3, 2), same(5, 2), same(3, 2), same(3), same(3), same(3)],
  vgg16: [1, 2, 3, 4].flatMap(() => [same(3), { kernel: 2, stride: 2 }]),
  // A fire module moves nothing: its widest filters are 3×3, padded by one.
  squeezenet1_0: [{ kernel: 7, stride: 2 }, pool, pool, pool],
};

/** Where the cells of a network's map lie in its input. */
export function networkGeometry(name: RegionNetworkName): SppGeometry {
  return sppGeometry(layers[name]);
}
