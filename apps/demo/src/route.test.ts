import { expect, it } from 'vitest';
import { parseRoute } from './route.ts';

it('reads the view and the stage from the hash', () => {
  expect(parseRoute('')).toEqual({ view: 'detect' });
  expect(parseRoute('#/')).toEqual({ view: 'detect' });
  expect(parseRoute('#/how')).toEqual({ view: 'how', stage: undefined });
  expect(parseRoute('#/how/iou')).toEqual({ view: 'how', stage: 'iou' });
  expect(parseRoute('#/elsewhere')).toEqual({ view: 'detect' });
});
