import { caffePixels, sppnetPixels, squeezeNetPixels } from '../networks/pixel-scales.ts';
import type { RegionNetworkName } from '../networks/region-network.ts';
import type { RcnnConfig, RegionBackboneConfig, RegionClassifierConfig, SppnetConfig } from './config.ts';

/** Side of each network's crops and of its last pooled map, and the widths of its fully connected layers, as published. */
const published: Readonly<Record<RegionNetworkName, { readonly crop: number; readonly pooled: number; readonly hidden: readonly [number, number] }>> = {
  caffenet: { crop: 227, pooled: 6, hidden: [4096, 4096] },
  alexnet: { crop: 227, pooled: 6, hidden: [4096, 4096] },
  vgg_cnn_m_1024: { crop: 224, pooled: 6, hidden: [4096, 1024] },
  zf: { crop: 224, pooled: 6, hidden: [4096, 4096] },
  vgg16: { crop: 224, pooled: 7, hidden: [4096, 4096] },
  squeezenet1_0: { crop: 227, pooled: 6, hidden: [512, 512] },
};

/** The numbers of R-CNN's code, which SPPnet's took over but for a few. */
const common = {
  regions: { nmsThreshold: 1, train: 2000, test: 2000 },
  // Of a batch of 16 images: 32 and 96 windows.
  finetuning: { foreground: 0.5, background: [0, 0.5], positives: 2, negatives: 6 },
  features: 'fc7',
  classifier: 'svm',
  svm: {
    cost: 1e-3, positiveWeight: 2, bias: 10, negativeBelow: 0.3, featureNorm: 20, statistics: { images: 200, regions: 200 },
    hardThreshold: -1.0001, evictThreshold: -1.2, retrainAfter: 2000,
  },
  regression: { lambda: 1000, minOverlap: 0.6, limit: null },
  test: { batch: 256, preNms: 100, perImage: 40, nmsThreshold: 0.3 },
} as const satisfies Partial<RegionClassifierConfig>;

function backbone(name: RegionNetworkName, settings: Pick<RegionBackboneConfig, 'pooled' | 'frozen'>): RegionBackboneConfig {
  return { name, width: 1, hidden: published[name].hidden, norm: 'folded', ...settings };
}

const pixelsOf = (name: RegionNetworkName): RcnnConfig['pixels'] => (name === 'squeezenet1_0' ? squeezeNetPixels : caffePixels);

/** R-CNN as its authors ran it on Pascal VOC: CaffeNet, crops of 227 px with 16 px of context, SVMs on fc7. */
export function paperRcnn(classes: readonly string[], name: RegionNetworkName = 'caffenet'): RcnnConfig {
  const { crop, pooled } = published[name];
  return {
    model: 'rcnn', classes, ...common,
    backbone: backbone(name, { pooled: [pooled, pooled], frozen: [] }),
    pixels: pixelsOf(name),
    crop: { size: crop, padding: 16, mode: 'warp' },
    // The maps of 256 whole crops, as many as the authors' GPU took, are more than WebAssembly can address.
    test: { ...common.test, batch: 32 },
  };
}

/** SPPnet as its authors ran it on Pascal VOC: ZF, five scales, 50 bins, only the fully connected layers fine-tuned. */
export function paperSppnet(classes: readonly string[], name: RegionNetworkName = 'zf'): SppnetConfig {
  return {
    model: 'sppnet', classes, ...common,
    backbone: backbone(name, { pooled: [50, 1], frozen: ['backbone.conv', 'backbone.features.'] }),
    pixels: name === 'squeezenet1_0' ? squeezeNetPixels : sppnetPixels,
    // Of a batch of four images: 32 and 96 windows.
    finetuning: { foreground: 0.5, background: [0.1, 0.5], positives: 8, negatives: 24 },
    regression: { lambda: 4000, minOverlap: 0.5, limit: null },
    scales: [480, 576, 688, 874, 1200],
    levels: [6, 3, 2, 1],
    fc6Norm: null,
  };
}

/**
 * An R-CNN for a CPU: SqueezeNet on crops of 83 px, an eighth of the work, with fc6 and fc7 of its own that fine-tuning
 * learns; of proposals nearly alike the first alone.
 */
export function smallRcnn(classes: readonly string[]): RcnnConfig {
  const paper = paperRcnn(classes, 'squeezenet1_0');
  return {
    ...paper,
    backbone: { ...paper.backbone, pooled: [2, 2] },
    regions: { nmsThreshold: 0.8, train: 200, test: 400 },
    crop: { size: 83, padding: 6, mode: 'warp' },
    test: common.test,
    regression: { lambda: 1000, minOverlap: 0.6, limit: 2000 },
  };
}

/** An SPPnet for a CPU: SqueezeNet, single-scale at 688 px as in the paper (§4.2), fc6 and fc7 learnt from random values; of proposals nearly alike the first alone. */
export function smallSppnet(classes: readonly string[]): SppnetConfig {
  return {
    ...paperSppnet(classes, 'squeezenet1_0'),
    regions: { nmsThreshold: 0.8, train: 200, test: 400 },
    regression: { lambda: 4000, minOverlap: 0.5, limit: 1000 },
    scales: [688],
    fc6Norm: 20,
  };
}
