import { createRng, takeBoxes, type Boxes, type RgbImage } from '@rcnn/geometry';
import { paperRcnn, paperSppnet, rcnn, sppnet, type RegionDetector } from '@rcnn/models';
import type { MemberPlan } from './family-member.ts';
import { published, type PublishedTimes } from './published.ts';

const classes = ['object'];

/** Everything looked at, every region moved. */
const common = { regions: { nmsThreshold: 1, train: 2000, test: Infinity } } as const;

/** R-CNN and SPPnet on SqueezeNet. */
export function regionClassifiers(image: RgbImage, boxes: Boxes): MemberPlan[] {
  const plan = (name: string, create: () => RegionDetector, convolved: Boxes, times: number, paper: PublishedTimes | null): MemberPlan => ({
    name,
    open: () => {
      const model = create();
      return {
        name, times, published: paper, propose: null,
        convolutions: () => model.pool5(image, convolved),
        detect: () => model.detect([image], [boxes]),
        dispose: model.dispose,
      };
    },
  });
  // Of an SPPnet one region is enough for the maps of the whole image to be computed.
  const one = takeBoxes(boxes, [0]);
  const batch = takeBoxes(boxes, Array.from({ length: Math.min(256, boxes.length / 4) }, (_, i) => i));
  const five = { ...paperSppnet(classes, 'squeezenet1_0'), ...common };
  return [
    plan('R-CNN, 227 px crops', () => createRcnn(), batch, boxes.length / batch.length, published.rcnn),
    plan('SPPnet, five scales', () => sppnet(five, createRng(1)), one, 1, published.sppnet),
    plan('SPPnet, one scale', () => sppnet({ ...five, scales: [688] }, createRng(1)), one, 1, null),
  ];
}

/** The R-CNN that the others are compared with. */
export function createRcnn(): RegionDetector {
  return rcnn({ ...paperRcnn(classes, 'squeezenet1_0'), ...common }, createRng(1));
}
