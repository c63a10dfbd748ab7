import {
  detectron2FasterRcnnR50C4, detectron2FasterRcnnR50Fpn, detectron2MaskRcnnR50Fpn, torchvisionFasterRcnnMobilenetV3Large320Fpn, torchvisionFasterRcnnMobilenetV3LargeFpn,
  torchvisionFasterRcnnResnet50Fpn, torchvisionFasterRcnnResnet50FpnV2, torchvisionKeypointRcnnResnet50Fpn, torchvisionMaskRcnnResnet50Fpn, torchvisionMaskRcnnResnet50FpnV2,
  type DetectorConfig, type FasterRcnnConfig, type KeypointNames, type KeypointRcnnConfig, type MaskRcnnConfig,
} from '@rcnn/models';

type Preset<Config = DetectorConfig> = (classes: readonly string[], keypoints?: KeypointNames) => Config;

/** A detector whose weights others trained. */
export interface ImportedDetector {
  /** Whose names its weights carry. */
  readonly names: 'torchvision' | 'Detectron2';
  readonly config: Preset;
  /** The configuration of the first weights that torchvision released, which carry older names. */
  readonly released: Preset;
}

/** What `rcnn detect --model` knows: torchvision's builders, and models of Detectron2's zoo. */
const importedDetectors: Readonly<Record<string, ImportedDetector>> = {
  fasterrcnn_resnet50_fpn: torchvision(torchvisionFasterRcnnResnet50Fpn, withoutEpsilon(torchvisionFasterRcnnResnet50Fpn)),
  fasterrcnn_resnet50_fpn_v2: torchvision(torchvisionFasterRcnnResnet50FpnV2),
  fasterrcnn_mobilenet_v3_large_fpn: torchvision(torchvisionFasterRcnnMobilenetV3LargeFpn),
  fasterrcnn_mobilenet_v3_large_320_fpn: torchvision(torchvisionFasterRcnnMobilenetV3Large320Fpn),
  maskrcnn_resnet50_fpn: torchvision(torchvisionMaskRcnnResnet50Fpn, withoutEpsilon(torchvisionMaskRcnnResnet50Fpn)),
  maskrcnn_resnet50_fpn_v2: torchvision(torchvisionMaskRcnnResnet50FpnV2),
  keypointrcnn_resnet50_fpn: torchvision(torchvisionKeypointRcnnResnet50Fpn, withoutEpsilon(torchvisionKeypointRcnnResnet50Fpn)),
  faster_rcnn_R_50_FPN: detectron2(detectron2FasterRcnnR50Fpn),
  faster_rcnn_R_50_C4: detectron2(detectron2FasterRcnnR50C4),
  mask_rcnn_R_50_FPN: detectron2(detectron2MaskRcnnR50Fpn),
};

/** The names of {@link importedDetectorOf}. */
export const importedDetectorNames: readonly string[] = Object.keys(importedDetectors);

/** The detector of a name. @throws Error if there is none */
export function importedDetectorOf(name: string): ImportedDetector {
  if (!Object.hasOwn(importedDetectors, name)) throw new Error(`option '--model': expected ${importedDetectorNames.join(', ')}, got ${name}`);
  return importedDetectors[name];
}

function torchvision(config: Preset, released = config): ImportedDetector {
  return { names: 'torchvision', config, released };
}

function detectron2(config: Preset): ImportedDetector {
  return { names: 'Detectron2', config, released: config };
}

/** The first ResNets were released with weights that are computed without ε in their frozen batch norms. */
function withoutEpsilon(config: Preset<FasterRcnnConfig | MaskRcnnConfig | KeypointRcnnConfig>): Preset {
  return (classes, keypoints) => {
    const standard = config(classes, keypoints);
    return { ...standard, backbone: { ...standard.backbone, epsilon: 0 } };
  };
}
