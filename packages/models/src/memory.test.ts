import * as tf from '@tensorflow/tfjs-core';
import { prepareEngine } from '@rcnn/engine';
import { asBoxes, createRng } from '@rcnn/geometry';
import { sgd, trainable } from '@rcnn/nn';
import { beforeAll, describe, expect, it } from 'vitest';
import { fasterRcnn } from './faster-rcnn.ts';
import { smallFasterRcnn } from './presets.ts';
import { imageOf } from './testing/image.ts';
import { trainingStep } from './training-step.ts';

const heapBytes = (): number => (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;

describe('500 training steps on wasm', () => {
  beforeAll(async () => {
    await prepareEngine({ engine: 'wasm' });
  });

  it('leave as many tensors as there were, in a heap that has stopped growing', () => {
    const small = smallFasterRcnn(['a'], { minSize: 32, maxSize: 32 });
    const model = fasterRcnn(
      {
        ...small,
        backbone: { ...small.backbone, name: 'resnet18', norm: 'group', width: 0.125, levels: [2, 4] },
        fpn: { ...small.fpn, channels: 8 },
        rpn: { ...small.rpn, samples: 32, train: { preNms: 50, postNms: 20 } },
        box: { ...small.box, resolution: 3, hidden: 16, samples: 16, canonicalSize: 32 },
      },
      createRng(1),
    );
    const optimizer = sgd(trainable(model.parameters), { clipNorm: 5 });
    const rng = createRng(2);
    const batch = { images: [imageOf(32, 32, 1)], objects: [{ boxes: asBoxes([4, 6, 20, 24]), labels: Int32Array.of(1) }] };
    const steps = (count: number): void => {
      for (let i = 0; i < count; i++) trainingStep(model, optimizer, batch, rng, 0.001);
    };
    steps(100);
    const [tensors, bytes, heap] = [tf.memory().numTensors, tf.memory().numBytes, heapBytes()];
    steps(400);
    expect(tf.memory().numTensors).toBe(tensors);
    expect(tf.memory().numBytes).toBe(bytes);
    expect(heapBytes()).toBe(heap);
    optimizer.dispose();
    model.dispose();
  });
});
