import type { FastRcnnConfig } from './config.ts';

/**
 * Fast R-CNN's own classifier, and the settings of the SVMs that may take its place (§5.4): R-CNN's, with the two numbers
 * in which the code of Fast R-CNN differs, an easier eviction and the features of 100 images, all their regions, for the scale.
 */
export const softmaxClassifier: Pick<FastRcnnConfig, 'classifier' | 'svm'> = {
  classifier: 'softmax',
  svm: {
    cost: 1e-3, positiveWeight: 2, bias: 10, negativeBelow: 0.3, featureNorm: 20, statistics: { images: 100, regions: 10_000 },
    hardThreshold: -1.0001, evictThreshold: -1.1, retrainAfter: 2000, perImage: 40, negativeFrom: 0,
  },
};
