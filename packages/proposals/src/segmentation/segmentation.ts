import type { Size } from '@rcnn/geometry';

/** Which region each pixel belongs to: numbers 0 … count − 1, in the order in which a scan by rows meets them. */
export interface Segmentation extends Size {
  readonly labels: Int32Array;
  readonly count: number;
}

/** Carries numbers of components over to their pixels. */
export function paintComponents(components: Int32Array, numbers: Int32Array, labels = new Int32Array(components.length)): Int32Array {
  for (let i = 0; i < labels.length; i++) {
    labels[i] = numbers[components[i]];
  }
  return labels;
}
