import { createRng, takeBoxes, type Boxes, type RgbImage } from '@rcnn/geometry';
import {
  createDetector, detectionStep, fastRcnn, fasterRcnn, maskRcnn, paperFastRcnn, paperFasterRcnnVgg16, proposalStep, singleMapFasterRcnn,
  torchvisionFasterRcnnResnet50Fpn, torchvisionMaskRcnnResnet50Fpn,
  type AlternatingConfig, type Detector, type FastRcnnConfig, type SingleMapFasterRcnnConfig,
} from '@rcnn/models';
import type { FamilyMember, MemberPlan } from './family-member.ts';
import { published, type PublishedTimes } from './published.ts';

const classes = ['object'];

/** Fast, Faster and Mask R-CNN: on SqueezeNet at 600 px as far as they are built on it, else on ResNet-50 with a pyramid at 800 px. */
export function endToEnd(image: RgbImage, boxes: Boxes): MemberPlan[] {
  const squeezeNet = paperFastRcnn(classes, 'squeezenet1_0');
  const single = onSqueezeNet(squeezeNet);
  const pyramid = torchvisionFasterRcnnResnet50Fpn(classes);
  const masks = torchvisionMaskRcnnResnet50Fpn(classes);
  return [
    { name: 'Fast R-CNN, one scale', open: () => openFast('Fast R-CNN, one scale', image, boxes, squeezeNet) },
    plan('Faster R-CNN, 300 proposals', image, single, () => singleMapFasterRcnn(single, createRng(1)), published.fasterRcnn),
    plan('Faster R-CNN, ResNet-50 and pyramid, 1000 proposals', image, pyramid, () => fasterRcnn(pyramid, createRng(1)), null),
    plan('Mask R-CNN, ResNet-50 and pyramid, 1000 proposals', image, pyramid, () => maskRcnn(masks, createRng(1)), null),
  ];
}

/** Faster R-CNN as published, but for the network. */
function onSqueezeNet({ image, backbone }: FastRcnnConfig): SingleMapFasterRcnnConfig {
  return { ...paperFasterRcnnVgg16(classes), image, backbone, rpnChannels: 256 };
}

/** The map is computed for one region as for all. */
function openFast(name: string, image: RgbImage, boxes: Boxes, config: FastRcnnConfig): FamilyMember {
  const model = fastRcnn(config, createRng(1));
  return {
    name, times: 1, propose: null, published: published.fastRcnn,
    convolutions: () => model.detect([image], [takeBoxes(boxes, [0])]),
    detect: () => model.detect([image], [boxes]),
    dispose: model.dispose,
  };
}

/** A system that proposes its regions: its two halves, as 4-step training has them, show what each part takes. */
function plan(name: string, image: RgbImage, config: AlternatingConfig, create: () => Detector, paper: PublishedTimes | null): MemberPlan {
  return {
    name,
    open: () => {
      const [whole, first, second] = [create(), createDetector(proposalStep(config), createRng(1)), fastRcnn(detectionStep(config), createRng(1))];
      const middle = [image.width / 4, image.height / 4, image.width / 2, image.height / 2];
      return {
        name, times: 1, published: paper,
        convolutions: () => second.detect([image], [Float32Array.from(middle) as Boxes]),
        propose: () => first.detect([image]),
        detect: () => whole.detect([image]),
        dispose: () => [whole, first, second].forEach((model) => model.dispose()),
      };
    },
  };
}
