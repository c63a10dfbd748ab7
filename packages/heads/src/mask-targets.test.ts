import { asBoxes, emptyBoxes, rleFromMask } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import golden from './fixtures/masks.json' with { type: 'json' };
import { binaryMaskTargets, softMaskTargets } from './index.ts';
import { blobs } from './testing/blobs.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';

const [width, height] = golden.size;
const objects = blobs(width, height, 3);
const masks = golden.objects.map((object) => objects[object]);
const boxes = asBoxes(golden.boxes.flat());

describe.each(golden.targets)('mask targets of $maskSize pixels a side', ({ maskSize, soft, binary }) => {
  it("equal torchvision's when soft", () => {
    expectNear(softMaskTargets(masks, boxes, { maskSize }), floats(soft));
  });

  it("equal Detectron2's when binary, but where the mean is a half and rounding decides", () => {
    const differing = [...binaryMaskTargets(masks, boxes, { maskSize })].filter((value, i) => value !== Number(binary[i])).length;
    expect(differing).toBeLessThanOrEqual(binary.length / 1000);
  });
});

describe('mask targets', () => {
  it('of a box that is all object are ones, and of one beyond it zeros', () => {
    const mask = rleFromMask(Uint8Array.from({ length: 400 }, (_, i) => (i % 20 < 10 ? 1 : 0)), 20, 20);
    const both = asBoxes([1, 1, 8, 18, 12, 1, 19, 18]);
    const expected = [...Array<number>(16).fill(1), ...Array<number>(16).fill(0)];
    expectNear(softMaskTargets([mask, mask], both, { maskSize: 4 }), expected);
    expectNear(binaryMaskTargets([mask, mask], both, { maskSize: 4 }), expected);
  });

  it('of no region are none, and a missing mask is refused', () => {
    expect(softMaskTargets([], emptyBoxes(0))).toHaveLength(0);
    expect(() => softMaskTargets([], emptyBoxes(2))).toThrow('softMaskTargets: expected a mask for each of 2 regions, got 0');
  });
});
