import { loadStateDict, type Detector } from '../../packages/models/src/index.ts';
import type { StateDict } from '../../packages/weights/src/index.ts';

/** What `use` answers of a model with these weights, which is disposed then. @throws Error if they lack one of its parameters */
export async function withWeights<Model extends Pick<Detector, 'parameters' | 'dispose'>, Result>(model: Model, weights: StateDict, use: (model: Model) => Result | Promise<Result>): Promise<Result> {
  const { missing } = loadStateDict(model.parameters, weights);
  if (missing.length > 0) throw new Error(`expected "${missing[0]}" among the weights`);
  try {
    return await use(model);
  } finally {
    model.dispose();
  }
}
