import * as tf from '@tensorflow/tfjs-core';
import { scaleBoxes, type Boxes, type RgbImage } from '@rcnn/geometry';
import type { Trunk } from './trunk.ts';

/** Boxes with a score each. */
export interface ScoredBoxes {
  readonly boxes: Boxes;
  readonly scores: Float32Array;
}

/** The greatest objectness among the anchors of each cell of a level. */
export interface ObjectnessMap {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly probabilities: Float32Array;
}

/** What {@link proposeByNetwork} finds; boxes in the image's own pixels, best first. */
export interface ProposeByNetworkOutput {
  readonly levels: readonly ObjectnessMap[];
  /** Part of each level that shows the image: the rest is padding. */
  readonly shown: { readonly width: number; readonly height: number };
  /** The proposals before suppression and after. */
  readonly all: ScoredBoxes;
  readonly kept: ScoredBoxes;
  readonly anchors: number;
  readonly milliseconds: number;
}

/** The region proposal network on an image. */
export async function proposeByNetwork(image: RgbImage, trunk: Trunk): Promise<ProposeByNetworkOutput> {
  const { pixels, input, size } = trunk.take(image);
  const maps = trunk.maps(pixels);
  await maps[0].data();
  const began = performance.now();
  const read = await trunk.predict(maps);
  const anchors = trunk.anchors(maps, input);
  const kept = trunk.propose(read, anchors, size);
  const milliseconds = performance.now() - began;
  const all = trunk.candidates(read, anchors, size);
  let at = 0;
  const levels = maps.map((map, level) => {
    const [, height, width] = map.shape;
    const perCell = anchors.counts[level] / (width * height);
    const probabilities = Float32Array.from({ length: width * height }, (_, cell) => {
      const logits = read.objectness.subarray(at + cell * perCell, at + (cell + 1) * perCell);
      return 1 / (1 + Math.exp(-Math.max(...logits)));
    });
    at += anchors.counts[level];
    return { width, height, stride: input.width / width, probabilities };
  });
  tf.dispose([pixels, ...maps]);
  const own = ({ boxes, scores }: ScoredBoxes): ScoredBoxes => ({ boxes: scaleBoxes(boxes, image.width / size.width, image.height / size.height), scores });
  return { levels, shown: { width: size.width / input.width, height: size.height / input.height }, all: own(all), kept: own(kept), anchors: anchors.boxes.length / 4, milliseconds };
}
