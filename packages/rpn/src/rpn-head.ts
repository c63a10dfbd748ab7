import * as tf from '@tensorflow/tfjs-core';
import { convolution, normal, type Parameters } from '@rcnn/nn';

/** What the head says of every anchor of a batch, level after level and cell by cell as {@link pyramidAnchors} counts. */
export interface RpnPredictions {
  /** Logits of being an object. */
  readonly objectness: tf.Tensor2D; // [N, A]
  readonly deltas: tf.Tensor3D; // [N, A, 4]
}

/**
 * How an anchor's objectness is said: by the logit of a sigmoid, or by the two of a softmax. The difference of the two is the
 * sigmoid's logit, with the same probability and the same cross entropy, and is what the head answers.
 */
export type RpnForm = 'sigmoid' | 'softmax';

/** Options of {@link rpnHead}. */
export interface RpnHeadOptions {
  readonly channels: number;
  /** Anchors a cell. */
  readonly anchors: number;
  /** 3×3 convolutions that slide over a level, one after the other. */
  readonly depth?: number;
  /** Their channels; as many as the map has by default. */
  readonly hidden?: number;
  /** One logit an anchor, or two, of background and object, as the paper has it. */
  readonly form?: RpnForm;
}

/**
 * The network that slides over every level of the pyramid (Faster R-CNN, §3.1): a 3×3 convolution (or
 * `depth` of them), then objectness and box deltas by 1×1 convolutions. Parameters `conv.0.0`, `cls_logits`, `bbox_pred`;
 * the softmax's logits are those of the background of every anchor, then those of the objects.
 */
export function rpnHead(parameters: Parameters, { channels, anchors, depth = 1, hidden = channels, form = 'sigmoid' }: RpnHeadOptions): (pyramid: readonly tf.Tensor4D[]) => RpnPredictions {
  const initializer = normal(0.01);
  const slide = Array.from({ length: depth }, (_, i) =>
    convolution(parameters.at('conv').at(String(i)).at('0'), { inChannels: i === 0 ? channels : hidden, outChannels: hidden, activation: 'relu', initializer }),
  );
  const score = convolution(parameters.at('cls_logits'), { inChannels: hidden, outChannels: form === 'sigmoid' ? anchors : 2 * anchors, kernel: 1, initializer });
  const regress = convolution(parameters.at('bbox_pred'), { inChannels: hidden, outChannels: 4 * anchors, kernel: 1, initializer });
  const logit = (logits: tf.Tensor4D): tf.Tensor4D => {
    if (form === 'sigmoid') return logits;
    const [background, object] = tf.split(logits, 2, 3);
    return tf.sub(object, background);
  };
  return (pyramid) =>
    tf.tidy(() => {
      const levels = pyramid.map((map) => {
        const images = map.shape[0];
        const slid = slide.reduce((x, layer) => layer(x), map);
        return {
          objectness: tf.reshape<tf.Rank.R2>(logit(score(slid)), [images, -1]),
          deltas: tf.reshape<tf.Rank.R3>(regress(slid), [images, -1, 4]),
        };
      });
      return {
        objectness: tf.concat(levels.map((level) => level.objectness), 1),
        deltas: tf.concat(levels.map((level) => level.deltas), 1),
      };
    });
}
