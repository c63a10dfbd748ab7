import type { Rng } from '@rcnn/geometry';
import type { DetectorConfig } from './config.ts';
import type { Detector } from './detector.ts';
import { fasterRcnn } from './faster-rcnn.ts';
import { maskRcnn } from './mask-rcnn.ts';
import { rcnn } from './region-classifier/rcnn.ts';
import { sppnet } from './region-classifier/sppnet.ts';

/** The detector that a configuration describes, its parameters drawn from `rng`. */
export function createDetector(config: DetectorConfig, rng: Rng): Detector {
  switch (config.model) {
    case 'faster-rcnn':
      return fasterRcnn(config, rng);
    case 'mask-rcnn':
      return maskRcnn(config, rng);
    case 'rcnn':
      return rcnn(config, rng);
    case 'sppnet':
      return sppnet(config, rng);
  }
}
