import { expect, it } from 'vitest';

import { boxArea } from './box-area.ts';
import { asBoxes, emptyBoxes } from './boxes.ts';

it("boxArea gives the areas of torchvision's own test", () => {
  const areas = boxArea(
    asBoxes([
      285.3538, 185.5758, 1193.511, 851.4551, 285.1472, 188.7374, 1192.4984, 851.0669, 279.244, 197.9812, 1189.4746, 849.2019,
    ]),
  );
  [604723.0806, 600965.4666, 592761.0085].forEach((area, i) => expect(areas[i] / area).toBeCloseTo(1, 6));
});

it('boxArea of no box is empty, of a line or a point 0', () => {
  expect(boxArea(emptyBoxes(0))).toHaveLength(0);
  expect([...boxArea(asBoxes([1, 2, 1, 9, 3, 3, 3, 3]))]).toEqual([0, 0]);
});
