import { describe, expect, it } from 'vitest';
import { createParameters } from '@rcnn/nn';
import { createRng } from '@rcnn/geometry';
import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRegionNetwork, paperRcnn, paperSppnet, regionNetworkNames } from '../index.ts';

await prepareEngine({ engine: (await availableEngines())[0] });

describe('paperRcnn', () => {
  it('has the numbers of the authors’ code', () => {
    expect(paperRcnn(['a'])).toMatchObject({
      backbone: { name: 'caffenet', hidden: [4096, 4096], pooled: [6, 6] },
      crop: { size: 227, padding: 16, mode: 'warp' },
      regions: { nmsThreshold: 1, train: 2000, test: 2000 },
      features: 'fc7',
      svm: { cost: 1e-3, positiveWeight: 2, bias: 10, negativeBelow: 0.3, featureNorm: 20, hardThreshold: -1.0001, evictThreshold: -1.2, retrainAfter: 2000 },
      regression: { lambda: 1000, minOverlap: 0.6, limit: null },
      test: { batch: 32, preNms: 100, perImage: 40, nmsThreshold: 0.3 },
    });
  });

  it('samples 32 windows of objects and 96 of background from a batch of 16 images', () => {
    const { finetuning } = paperRcnn(['a']);
    expect([16 * (finetuning?.positives ?? 0), 16 * (finetuning?.negatives ?? 0)]).toEqual([32, 96]);
  });
});

describe('paperSppnet', () => {
  it('has the numbers of the authors’ code', () => {
    expect(paperSppnet(['a'])).toMatchObject({
      backbone: { name: 'zf', pooled: [50, 1] },
      pixels: { mean: [128 / 255, 128 / 255, 128 / 255], std: [1 / 255, 1 / 255, 1 / 255] },
      scales: [480, 576, 688, 874, 1200],
      levels: [6, 3, 2, 1],
      finetuning: { foreground: 0.5, background: [0.1, 0.5] },
      regression: { lambda: 4000, minOverlap: 0.5 },
    });
  });

  it.each(regionNetworkNames)('freezes every parameter of %s but those of fc6 and fc7', (name) => {
    const parameters = createParameters(createRng(1));
    const { backbone } = paperSppnet(['a'], name);
    createRegionNetwork(parameters.at('backbone'), { ...backbone, width: 0.02, hidden: [2, 2] });
    const learning = parameters.all().map((each) => each.name).filter((each) => !backbone.frozen.some((prefix) => each.startsWith(prefix)));
    const [fc6, fc7] = name === 'vgg16' ? ['classifier.0', 'classifier.3'] : ['fc6', 'fc7'];
    expect(learning).toEqual([`backbone.${fc6}.weight`, `backbone.${fc6}.bias`, `backbone.${fc7}.weight`, `backbone.${fc7}.bias`]);
    parameters.dispose();
  });
});
