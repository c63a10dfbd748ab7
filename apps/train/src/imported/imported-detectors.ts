import {
  torchvisionFasterRcnnMobilenetV3Large320Fpn, torchvisionFasterRcnnMobilenetV3LargeFpn, torchvisionFasterRcnnResnet50Fpn,
  torchvisionFasterRcnnResnet50FpnV2, torchvisionMaskRcnnResnet50Fpn, torchvisionMaskRcnnResnet50FpnV2,
  type FasterRcnnConfig, type MaskRcnnConfig,
} from '@rcnn/models';

/** A detector whose weights others trained. */
export interface ImportedDetector {
  readonly config: (classes: readonly string[]) => FasterRcnnConfig | MaskRcnnConfig;
  /** ε of the frozen batch norms that the first released weights were computed with, if it is another than the preset's. */
  readonly releasedEpsilon?: number;
}

/** What `rcnn detect --model` knows, by torchvision's names. */
const importedDetectors: Readonly<Record<string, ImportedDetector>> = {
  fasterrcnn_resnet50_fpn: { config: torchvisionFasterRcnnResnet50Fpn, releasedEpsilon: 0 },
  fasterrcnn_resnet50_fpn_v2: { config: torchvisionFasterRcnnResnet50FpnV2 },
  fasterrcnn_mobilenet_v3_large_fpn: { config: torchvisionFasterRcnnMobilenetV3LargeFpn },
  fasterrcnn_mobilenet_v3_large_320_fpn: { config: torchvisionFasterRcnnMobilenetV3Large320Fpn },
  maskrcnn_resnet50_fpn: { config: torchvisionMaskRcnnResnet50Fpn, releasedEpsilon: 0 },
  maskrcnn_resnet50_fpn_v2: { config: torchvisionMaskRcnnResnet50FpnV2 },
};

/** The detector of a name. @throws Error if there is none */
export function importedDetectorOf(name: string): ImportedDetector {
  if (!Object.hasOwn(importedDetectors, name)) throw new Error(`option '--model': expected ${Object.keys(importedDetectors).join(', ')}, got ${name}`);
  return importedDetectors[name];
}
