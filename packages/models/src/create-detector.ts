import type { Rng } from '@rcnn/geometry';
import type { DetectorConfig } from './config.ts';
import type { Detector } from './detector.ts';
import { fasterRcnn } from './faster-rcnn.ts';
import { maskRcnn } from './mask-rcnn.ts';

/** The detector that a configuration describes, its parameters drawn from `rng`. */
export function createDetector(config: DetectorConfig, rng: Rng): Detector {
  switch (config.model) {
    case 'faster-rcnn':
      return fasterRcnn(config, rng);
    case 'mask-rcnn':
      return maskRcnn(config, rng);
  }
}
