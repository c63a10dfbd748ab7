import * as tf from '@tensorflow/tfjs-core';
import type { Layout, Parameter } from '@rcnn/nn';
import {
  chwLinearToHwc, depthwiseToHwcm, hwcLinearToChw, hwcmToDepthwise, hwioToOihw, ioToOi, oihwToHwio, oiToIo, toFloat32,
  type FloatWeight, type StateDict,
} from '@rcnn/weights';

/** Values of a parameter as a state dict of torchvision's holds them. */
export function toStateDictLayout(values: FloatWeight, layout: Layout): FloatWeight {
  switch (layout.kind) {
    case 'plain':
      return values;
    case 'convolution':
      return hwioToOihw(values);
    case 'depthwise':
      return hwcmToDepthwise(values);
    case 'linear':
      return ioToOi(values);
    case 'flattened':
      return hwcLinearToChw(values, layout);
  }
}

/** The reverse of {@link toStateDictLayout}. */
export function fromStateDictLayout(values: FloatWeight, layout: Layout): FloatWeight {
  switch (layout.kind) {
    case 'plain':
      return values;
    case 'convolution':
      return oihwToHwio(values);
    case 'depthwise':
      return depthwiseToHwcm(values);
    case 'linear':
      return oiToIo(values);
    case 'flattened':
      return chwLinearToHwc(values, layout);
  }
}

/** All parameters as a state dict in torchvision's names and layouts. */
export function stateDict(parameters: readonly Parameter[]): StateDict {
  return new Map(
    parameters.map(({ name, variable, layout }) => {
      const values = { shape: variable.shape, data: variable.dataSync<'float32'>().slice() };
      return [name, toStateDictLayout(values, layout)];
    }),
  );
}

/** What {@link loadStateDict} did, by name. */
export interface LoadReport {
  readonly loaded: readonly string[];
  /** Parameters that the state dict does not have: they keep their values. */
  readonly missing: readonly string[];
  /** Tensors that the model has no place for. */
  readonly unused: readonly string[];
}

/**
 * Gives parameters the values that a state dict has under their names.
 * @throws Error naming the first tensor whose shape is not its parameter's; all parameters are then as before
 */
export function loadStateDict(parameters: readonly Parameter[], source: StateDict): LoadReport {
  const known = parameters.flatMap((parameter) => {
    const weight = source.get(parameter.name);
    return weight === undefined ? [] : [{ ...parameter, weight }];
  });
  for (const { name, variable, layout, weight } of known) {
    const expected = toStateDictLayout({ shape: variable.shape, data: new Float32Array(variable.size) }, layout).shape;
    if (weight.shape.join() !== expected.join()) {
      throw new Error(`weights: expected "${name}" of shape [${expected.join(', ')}], got [${weight.shape.join(', ')}]`);
    }
  }
  for (const { variable, layout, weight } of known) {
    const values = fromStateDictLayout(toFloat32(weight), layout);
    tf.tidy(() => variable.assign(tf.tensor(values.data, variable.shape)));
  }
  const loaded = known.map(({ name }) => name);
  const names = new Set(loaded);
  return {
    loaded,
    missing: parameters.map(({ name }) => name).filter((name) => !names.has(name)),
    unused: [...source.keys()].filter((name) => !names.has(name)),
  };
}
