import { describe, expect, it } from 'vitest';
import { merge, parseSetting } from './override.ts';

describe('merge', () => {
  it('takes the overrides branch by branch and keeps the rest', () => {
    expect(merge({ a: { b: 1, c: 2 }, d: 3 }, { a: { b: 4 } })).toEqual({ a: { b: 4, c: 2 }, d: 3 });
  });

  it('replaces lists whole', () => {
    expect(merge({ sizes: [1, 2, 3] }, { sizes: [4] })).toEqual({ sizes: [4] });
  });

  it('replaces a branch of another kind whole', () => {
    const base = { optimizer: { kind: 'sgd', momentum: 0.9 } };
    expect(merge(base, { optimizer: { kind: 'adamw' } })).toEqual({ optimizer: { kind: 'adamw' } });
    expect(merge(base, { optimizer: { kind: 'sgd' } })).toEqual(base);
  });

  it('keeps settings that the base does not know, for the schema to name', () => {
    expect(merge({ a: 1 }, { b: 2 })).toEqual({ a: 1, b: 2 });
  });
});

describe('parseSetting', () => {
  it('reads the value as YAML', () => {
    expect(parseSetting('training.flip=0')).toEqual({ training: { flip: 0 } });
    expect(parseSetting('model.backbone.levels=[2, 5]')).toEqual({ model: { backbone: { levels: [2, 5] } } });
    expect(parseSetting('data.root=a=b')).toEqual({ data: { root: 'a=b' } });
  });

  it('refuses a setting without a value', () => {
    expect(() => parseSetting('training.flip')).toThrow('expected a.b=value, got "training.flip"');
    expect(() => parseSetting('a=[1')).toThrow('the value of a is not YAML');
  });
});
