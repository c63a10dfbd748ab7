import { createRng } from '@rcnn/geometry';
import { fasterRcnn, loadStateDict, torchvisionFasterRcnnResnet50Fpn, type FasterRcnn, type FasterRcnnConfig } from '../index.ts';
import { formulaState } from './formula-state.ts';

/** A detector of tooling/golden/models.py: small, and its samplers take every anchor and every region. */
export function goldenDetector({ name, gains, scoreThreshold, tensors }: {
  readonly name: string;
  readonly gains: unknown;
  readonly scoreThreshold: number;
  readonly tensors: readonly string[];
}): { model: FasterRcnn; report: ReturnType<typeof loadStateDict> } {
  const standard = torchvisionFasterRcnnResnet50Fpn(['a', 'b', 'c']);
  const common: FasterRcnnConfig = {
    ...standard,
    image: { ...standard.image, minSize: 64, maxSize: 96 },
    backbone: { ...standard.backbone, name: 'resnet18', frozen: [] },
    fpn: { ...standard.fpn, channels: 16 },
    anchors: { ...standard.anchors, sizes: [[8], [16], [32], [48], [64]] },
    rpn: { ...standard.rpn, samples: 100000, train: { preNms: 200, postNms: 150 }, test: { preNms: 100, postNms: 60 } },
    box: { ...standard.box, samples: 100000, resolution: 5, hidden: 32, canonicalSize: 56, scoreThreshold, nmsThreshold: 0.4, limit: 30 },
  };
  const model = fasterRcnn({ ...common, ...variant(name, common) }, createRng(0));
  return { model, report: loadStateDict(model.parameters, formulaState(tensors, gains as Readonly<Record<string, number>>)) };
}

function variant(name: string, { backbone, fpn, rpn, box, anchors }: FasterRcnnConfig): Partial<FasterRcnnConfig> {
  switch (name) {
    case 'mobilenet_v2':
      return { backbone: { ...backbone, name, width: 0.25 } };
    case 'mobilenet_v3_large': {
      const sizes = anchors.sizes.flat();
      return { backbone: { ...backbone, name, width: 0.25, levels: [5, 6] }, anchors: { ...anchors, sizes: [sizes, sizes, sizes] } };
    }
    case 'resnet18_v2':
      return {
        backbone: { ...backbone, norm: 'trained' },
        fpn: { ...fpn, norm: 'trained' },
        rpn: { ...rpn, depth: 2 },
        box: { ...box, convolutions: 2 },
      };
    default:
      return {};
  }
}
