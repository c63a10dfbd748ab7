import { loadImported } from '@rcnn/cli/browser';
import { hasDetectron2Names, type DetectorConfig } from '@rcnn/models';
import { readWeights, type StateDict } from '@rcnn/weights';
import type { ModelSource } from './current-model.ts';
import type { NamedBytes } from './run-model.ts';

/**
 * A detector of torchvision's or Detectron2's from a file of its weights. Which it is, its parameters' names tell, and the file's
 * name where two have the same ones.
 * @throws Error in one line with the file's name, if it is damaged or of no detector that is known
 */
export function importedModel({ name: file, bytes }: NamedBytes): ModelSource {
  const { tensors } = readWeights(bytes, file);
  const name = detectorOf(tensors, file);
  return () => {
    const { model: detector, classes, weights } = loadImported(name, tensors, { file });
    const config: DetectorConfig = detector.config;
    return { name, detector, config, weights, classes, search: null };
  };
}

/** The name of the detector that has such parameters. */
export function detectorOf(tensors: StateDict, file: string): string {
  if (hasDetectron2Names(tensors)) {
    if (tensors.has('roi_heads.mask_head.mask_fcn1.weight')) return 'mask_rcnn_R_50_FPN';
    return tensors.has('backbone.fpn_lateral2.weight') ? 'faster_rcnn_R_50_FPN' : 'faster_rcnn_R_50_C4';
  }
  const [detector, resnet, mobilenet] = ['roi_heads.box_predictor.cls_score.bias', 'backbone.body.layer4.2.conv3.weight', 'backbone.body.0.0.weight'].map((name) => tensors.has(name));
  if (!detector || !(resnet || mobilenet)) {
    throw new Error(`${file}: expected a detector of torchvision's on ResNet-50 or MobileNet v3, or one of Detectron2's; a run's model.safetensors needs its config.yaml, opened together with it`);
  }
  if (mobilenet) return `fasterrcnn_mobilenet_v3_large_${file.includes('320') ? '320_' : ''}fpn`;
  if (tensors.has('roi_heads.keypoint_predictor.kps_score_lowres.weight')) return 'keypointrcnn_resnet50_fpn';
  const kind = tensors.has('roi_heads.mask_predictor.conv5_mask.weight') ? 'maskrcnn' : 'fasterrcnn';
  return `${kind}_resnet50_fpn${tensors.has('roi_heads.box_head.5.weight') ? '_v2' : ''}`;
}
