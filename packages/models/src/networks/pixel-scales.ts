import type { ImageConfig } from '../config.ts';

/** Mean and deviation of pixels as a network expects them: (x / 255 − mean) / std of RGB. */
export type PixelScale = Pick<ImageConfig, 'mean' | 'std'>;

const bytes: PixelScale['std'] = [1 / 255, 1 / 255, 1 / 255];

/** torchvision's classifiers: unit variance over ImageNet. */
export const torchvisionPixels: PixelScale = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** Caffe's networks in Fast and Faster R-CNN: bytes less the mean of ImageNet, (102.9801, 115.9465, 122.7717) in BGR. */
export const caffePixels: PixelScale = { mean: [122.7717 / 255, 115.9465 / 255, 102.9801 / 255], std: bytes };

/** SqueezeNet as released: bytes less (104, 117, 123) in BGR. */
export const squeezeNetPixels: PixelScale = { mean: [123 / 255, 117 / 255, 104 / 255], std: bytes };

/** SPPnet on Pascal VOC: bytes less 128 (He et al. 2014, appendix A). */
export const sppnetPixels: PixelScale = { mean: [128 / 255, 128 / 255, 128 / 255], std: bytes };
