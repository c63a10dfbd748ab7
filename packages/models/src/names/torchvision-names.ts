import type { StateDict } from '@rcnn/weights';

/** Names that torchvision's detectors had before 0.13 or 0.14, which its released files carry, and what they became. */
const renamed: readonly (readonly [RegExp, (index: string, kind: string) => string])[] = [
  [/^rpn\.head\.conv\.(weight|bias)$/, (kind) => `rpn.head.conv.0.0.${kind}`],
  [/^backbone\.fpn\.((?:inner|layer)_blocks\.\d+)\.(weight|bias)$/, (block, kind) => `backbone.fpn.${block}.0.${kind}`],
  [/^roi_heads\.mask_head\.mask_fcn(\d+)\.(weight|bias)$/, (number, kind) => `roi_heads.mask_head.${Number(number) - 1}.0.${kind}`],
];

/**
 * A state dict of a detector of torchvision's under the names that torchvision has now, whichever version wrote it. The
 * prefix `module.` of PyTorch's data parallelism goes.
 */
export function torchvisionNames(source: StateDict): StateDict {
  return new Map([...source].map(([name, weight]) => [currentName(name), weight]));
}

/** Whether a detector carries the older names, as the weights that torchvision released first (`COCO_V1`) do. */
export function hasOldTorchvisionNames(source: StateDict): boolean {
  return [...source.keys()].some((name) => renamed.some(([old]) => old.test(name)));
}

function currentName(name: string): string {
  const bare = name.replace(/^module\./, '');
  for (const [old, now] of renamed) {
    const match = old.exec(bare);
    if (match !== null) return now(match[1], match[2]);
  }
  return bare;
}
