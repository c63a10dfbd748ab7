import type { StateDict } from '@rcnn/weights';
import { noise } from '@rcnn/tooling/testing/noise';

function fnv1a(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash;
}

/** The weights that tooling/golden/models.py makes for tensors `a.b.weight 3x4`: noise seeded by the name, times the gains of its prefixes. */
export function formulaState(tensors: readonly string[], gains: Readonly<Record<string, number>> = {}): StateDict {
  return new Map(
    tensors.map((tensor) => {
      const [name, extents] = tensor.split(' ');
      const shape = extents.split('x').map(Number);
      const [offset, range] = name.endsWith('running_var') || (name.endsWith('weight') && shape.length === 1)
        ? [1, 0.5]
        : [0, shape.length > 1 ? Math.sqrt(12) * Math.sqrt(2 / shape.slice(1).reduce((product, side) => product * side, 1)) : 0.2];
      const scale = Object.entries(gains).reduce((product, [prefix, gain]) => product * (name.startsWith(prefix) ? gain : 1), range);
      return [name, { shape, data: spread(noise(shape, fnv1a(name)), scale, offset) }];
    }),
  );
}

function spread(values: Float32Array, scale: number, offset: number): Float32Array {
  for (let i = 0; i < values.length; i++) values[i] = values[i] * scale + offset;
  return values;
}
