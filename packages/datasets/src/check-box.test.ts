import { describe, expect, it } from 'vitest';
import { checkBox } from './check-box.ts';

const size = { width: 640, height: 480 };

describe('checkBox', () => {
  it('lets a box within its image pass, the edges included', () => {
    expect(checkBox([0, 0, 640, 480], size)).toEqual({ box: [0, 0, 640, 480] });
  });

  it('drops a box without area and says so with its numbers', () => {
    expect(checkBox([504, 337, 504, 337], size)).toEqual({ fault: { reason: 'zero-area box [504, 337, 504, 337]', drops: 'object' } });
    expect(checkBox([10, 20, 30, 20], size).fault?.reason).toBe('zero-area box [10, 20, 30, 20]');
    expect(checkBox([30, 20, 10, 40], size).fault?.reason).toBe('inverted box [30, 20, 10, 40]');
  });

  it('clips a box that sticks out, and says so with its numbers', () => {
    expect(checkBox([600, -5, 700, 100], size)).toEqual({
      box: [600, 0, 640, 100],
      fault: { reason: 'box [600, -5, 700, 100] reaches outside its image of 640×480', drops: 'nothing' },
    });
  });

  it('drops a box wholly outside', () => {
    expect(checkBox([700, 10, 800, 100], size).fault).toEqual({
      reason: 'box [700, 10, 800, 100] lies outside its image of 640×480',
      drops: 'object',
    });
  });

  it('takes the last decimal of a rounded number for no fault', () => {
    expect(checkBox([0, 0, 640.01, 480], size)).toEqual({ box: [0, 0, 640, 480] });
  });
});
