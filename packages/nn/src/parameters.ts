import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '@rcnn/geometry';
import type { Initializer } from './initializers.ts';
import type { Layout } from './layout.ts';

/** One parameter: its full name in torchvision's terms, its values, and how they lie. */
export interface Parameter {
  readonly name: string;
  readonly variable: tf.Variable;
  readonly layout: Layout;
  /** A buffer (a running mean) is saved with the model, but no gradient reaches it. */
  readonly buffer: boolean;
}

/** A place in the tree of names where a layer creates its parameters. */
export interface Parameters {
  /** The place `name` below this one. */
  readonly at: (name: string) => Parameters;
  /** Creates a parameter. @throws Error if the name is taken */
  readonly create: (name: string, shape: readonly number[], initializer: Initializer, options?: CreateOptions) => tf.Variable;
  /** Every parameter of the whole tree, in order of creation. */
  readonly all: () => readonly Parameter[];
  /** Frees them all. */
  readonly dispose: () => void;
}

/** How {@link Parameters.create} is to hold the values. */
export interface CreateOptions {
  readonly layout?: Layout;
  readonly buffer?: boolean;
}

const plain: Layout = { kind: 'plain' };

/** An empty tree of parameters; the first values are drawn from `rng` in order of creation. */
export function createParameters(rng: Rng): Parameters {
  const created = new Map<string, Parameter>();
  const place = (prefix: string): Parameters => ({
    at: (name) => place(`${prefix}${name}.`),
    create: (name, shape, initializer, { layout = plain, buffer = false } = {}) => {
      const fullName = prefix + name;
      if (created.has(fullName)) throw new Error(`parameters: "${fullName}" is created twice`);
      const variable = tf.tidy(() => tf.variable(tf.tensor(initializer(shape, rng), [...shape]), !buffer));
      created.set(fullName, { name: fullName, variable, layout, buffer });
      return variable;
    },
    all: () => [...created.values()],
    dispose: () => {
      for (const { variable } of created.values()) variable.dispose();
      created.clear();
    },
  });
  return place('');
}

/** The parameters that a gradient may change: no buffers, and none whose name begins with a frozen prefix. */
export function trainable(parameters: readonly Parameter[], frozen: readonly string[] = []): Parameter[] {
  return parameters.filter(({ name, buffer }) => !buffer && !frozen.some((prefix) => name.startsWith(prefix)));
}
