import { bgrToRgb, toFloat32, type FloatWeight, type StateDict } from '@rcnn/weights';

const steps = { '1': 'bn1', '2': 'bn2', '3': 'bn3' } as const;

/** What becomes of a tensor besides its name. */
type Change = (weight: FloatWeight) => FloatWeight;

/** Whether a state dict carries Detectron2's names. */
export function hasDetectron2Names(source: StateDict): boolean {
  return source.has('proposal_generator.rpn_head.conv.weight') || [...source.keys()].some((name) => /^backbone\.(bottom_up\.)?stem\.conv1\./.test(name));
}

/**
 * A detector of Detectron2's with a ResNet and a feature pyramid (R50-FPN) or one map (R50-C4) under torchvision's names: the
 * background, Detectron2's last class, comes first; its boxes and masks, which Detectron2 does not have, are zeros; the
 * first filter sees R, G, B. The anchors stay in Detectron2's order, size by size, as the presets for its weights have them;
 * the fifth stage of C4, which sees regions, becomes `backbone.body.layer4`. Pixel means and anchors of the file are left out.
 * @throws Error naming a tensor that has no place in such a detector
 */
export function detectron2Names(source: StateDict): StateDict {
  const classes = (source.get('roi_heads.box_predictor.cls_score.weight')?.shape[0] ?? 0) - 1;
  const named = new Map<string, FloatWeight>();
  for (const [name, weight] of source) {
    if (/^pixel_(mean|std)$|^proposal_generator\.anchor_generator\.|num_batches_tracked$/.test(name)) continue;
    const to = nameOf(name);
    if (to === undefined) throw new Error(`weights: expected a tensor of Detectron2's R50-FPN or R50-C4, got "${name}"`);
    named.set(to, changeOf(to, classes)(toFloat32(weight)));
  }
  return named;
}

function nameOf(name: string): string | undefined {
  const body = /^backbone\.(?:bottom_up\.)?(.*)$/.exec(name)?.[1];
  if (body !== undefined) {
    const inner = residualName(body);
    if (inner !== undefined) return `backbone.body.${inner}`;
    const fpn = /^fpn_(lateral|output)([2-5])\.(weight|bias)$/.exec(body);
    return fpn === null ? undefined : `backbone.fpn.${fpn[1] === 'lateral' ? 'inner' : 'layer'}_blocks.${Number(fpn[2]) - 2}.0.${fpn[3]}`;
  }
  const rpn = /^proposal_generator\.rpn_head\.(conv|objectness_logits|anchor_deltas)\.(weight|bias)$/.exec(name);
  if (rpn !== null) return `rpn.head.${{ conv: 'conv.0.0', objectness_logits: 'cls_logits', anchor_deltas: 'bbox_pred' }[rpn[1]]}.${rpn[2]}`;
  const heads = /^roi_heads\.(.*)$/.exec(name)?.[1];
  if (heads === undefined) return undefined;
  if (heads.startsWith('res5.')) {
    const inner = residualName(heads);
    return inner === undefined ? undefined : `backbone.body.${inner}`;
  }
  if (/^box_predictor\.(cls_score|bbox_pred)\.(weight|bias)$/.test(heads)) return `roi_heads.${heads}`;
  const connected = /^box_head\.fc([12])\.(weight|bias)$/.exec(heads);
  if (connected !== null) return `roi_heads.box_head.fc${Number(connected[1]) + 5}.${connected[2]}`;
  const mask = /^mask_head\.(?:mask_fcn([1-4])|(deconv|predictor))\.(weight|bias)$/.exec(heads);
  if (mask === null) return undefined;
  if (mask[1] !== undefined) return `roi_heads.mask_head.${Number(mask[1]) - 1}.0.${mask[3]}`;
  return `roi_heads.mask_predictor.${mask[2] === 'deconv' ? 'conv5_mask' : 'mask_fcn_logits'}.${mask[3]}`;
}

/** `res3.0.conv2.norm.weight` is `layer2.0.bn2.weight`, `stem.conv1.weight` is `conv1.weight`, and so on. */
function residualName(name: string): string | undefined {
  const stem = /^stem\.conv1\.(norm\.)?(\w+)$/.exec(name);
  if (stem !== null) return `${stem[1] === undefined ? 'conv1' : 'bn1'}.${stem[2]}`;
  const block = /^res([2-5])\.(\d+)\.(?:conv([123])|shortcut)\.(norm\.)?(\w+)$/.exec(name);
  if (block === null) return undefined;
  const [, stage, index, step, norm, kind] = block;
  const place = step === undefined ? `downsample.${norm === undefined ? 0 : 1}` : norm === undefined ? `conv${step}` : steps[step as keyof typeof steps];
  return `layer${Number(stage) - 1}.${index}.${place}.${kind}`;
}

function changeOf(name: string, classes: number): Change {
  if (name === 'backbone.body.conv1.weight') return bgrToRgb;
  if (name.startsWith('roi_heads.box_predictor.cls_score.')) return backgroundFirst;
  if (name.startsWith('roi_heads.box_predictor.bbox_pred.')) return withBackground(4 * classes, classes);
  if (name.startsWith('roi_heads.mask_predictor.mask_fcn_logits.')) return withBackground(classes, classes);
  return (weight) => weight;
}

/** Zeros for the background in front of as many rows as the classes have; boxes or masks that all classes share stay as they are. */
function withBackground(rows: number, classes: number): Change {
  return (weight) => {
    if (weight.shape[0] !== rows) return weight;
    const zeros = weight.data.length / classes;
    const data = new Float32Array(zeros + weight.data.length);
    data.set(weight.data, zeros);
    return { shape: [rows + rows / classes, ...weight.shape.slice(1)], data };
  };
}

/** The last row of the first axis before the others. */
function backgroundFirst({ shape, data }: FloatWeight): FloatWeight {
  const length = data.length / shape[0];
  const ordered = new Float32Array(data.length);
  ordered.set(data.subarray(data.length - length));
  ordered.set(data.subarray(0, data.length - length), length);
  return { shape, data: ordered };
}
