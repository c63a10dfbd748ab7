import { prepareEngine, type EngineName } from '@rcnn/engine';
import { asBoxes, createRng, type RgbImage, type Rng } from '@rcnn/geometry';
import { fasterRcnn, smallFasterRcnn, torchvisionFasterRcnnResnet50Fpn, trainingStep, type FasterRcnnConfig, type TrainingBatch } from '@rcnn/models';
import { sgd, trainable } from '@rcnn/nn';

import { type BenchmarkCase } from '../../subject.ts';

interface Configuration {
  readonly name: string;
  readonly operation: string;
  readonly config: FasterRcnnConfig;
  readonly width: number;
  readonly height: number;
}

const standard = torchvisionFasterRcnnResnet50Fpn(Array.from({ length: 90 }, (_, i) => `class ${i + 1}`));
const small = smallFasterRcnn(['RBC', 'WBC', 'Platelets']);

const configurations: readonly Configuration[] = [
  {
    name: 'train step r18-fpn, 2 images of 320×426',
    operation: 'resnet18 step',
    config: { ...standard, image: { ...standard.image, minSize: 320, maxSize: 426 }, backbone: { ...standard.backbone, name: 'resnet18' } },
    width: 426,
    height: 320,
  },
  {
    name: 'train step blood-cells, MobileNet v2 + FPN of 64, 2 images of 240×320',
    operation: 'mobilenet step',
    config: { ...small, backbone: { ...small.backbone, padding: 'tensorflow' } },
    width: 320,
    height: 240,
  },
];

/** One step of training of Faster R-CNN, from images to changed parameters, on one thread of JavaScript. */
export function trainingCases(engine: EngineName): BenchmarkCase[] {
  if (engine === 'cpu') return [];
  return configurations.map(({ name, operation, config, width, height }) => {
    let step: (() => void) | undefined;
    let dispose: (() => void) | undefined;
    return {
      name,
      engine,
      open: async () => {
        await prepareEngine({ engine });
        const rng = createRng(1);
        const model = fasterRcnn(config, rng);
        const optimizer = sgd(trainable(model.parameters, config.backbone.frozen), { momentum: 0.9, weightDecay: 1e-4 });
        const batch = { images: [image(rng, width, height), image(rng, width, height)], objects: [objects(), objects()] };
        step = () => void trainingStep(model, optimizer, batch, rng, 1e-4);
        dispose = () => {
          optimizer.dispose();
          model.dispose();
        };
      },
      close: () => dispose?.(),
      run: () => {
        step?.();
        return [];
      },
      peer: { operation, arrays: {}, options: { width, height } },
      rounds: 3,
    };
  });
}

function image(rng: Rng, width: number, height: number): RgbImage {
  return { width, height, data: new Uint8Array(3 * width * height).map(() => rng.integer(256)) };
}

function objects(): TrainingBatch['objects'][number] {
  return { boxes: asBoxes([20, 30, 120, 160, 150, 60, 300, 200, 200, 100, 260, 180]), labels: Int32Array.of(1, 2, 1) };
}
