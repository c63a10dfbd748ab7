import { paperFastRcnn, regionNetworkNames, smallFastRcnn, type RegionNetworkName } from '@rcnn/models';
import type { SearchSettings } from '../../proposals/proposals-task.ts';
import { merge } from '../override.ts';
import type { RunConfig } from '../run-config.ts';
import type { System } from '../systems.ts';
import { backboneName, settingsFor } from './backbone-settings.ts';
import { inputSize } from './input-size.ts';

/** The selective search that Fast R-CNN has its regions from. */
export const fastRcnnSearch: SearchSettings = { flavour: 'opencv', mode: 'fast', seed: 0, max: null, minBoxSize: 20, ranking: null };

/**
 * A Fast R-CNN: `NAME-fpn`, over the pyramid of the small Faster R-CNN; `NAME`, over the last map of that backbone; a
 * classifier network, as its authors ran it.
 */
export const fastRcnnDefaults: System['defaults'] = (dataset, { backbone, weights }) => {
  if (isNetwork(backbone)) return paperFastRcnn(dataset.classes, backbone) as RunConfig['model'];
  const fitting = settingsFor(weights);
  const small = smallFastRcnn(dataset.classes, inputSize(dataset));
  const model = merge(small, { ...fitting, backbone: { name: backboneName(backbone), ...fitting.backbone } });
  if (backbone.endsWith('-fpn')) return model as RunConfig['model'];
  return merge(model, { fpn: null, regions: { operator: { kind: 'pool' } } }) as RunConfig['model'];
};

/** Whether a name is that of a classifier network of the papers. */
export function isNetwork(name: string): name is RegionNetworkName {
  return regionNetworkNames.some((known) => known === name);
}
