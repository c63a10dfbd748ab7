import '@tensorflow/tfjs-backend-cpu';

/** tfjs's plain JavaScript backend: slow, everywhere, and the reference that the others are checked against. */
export function startCpu(): Promise<string> {
  return Promise.resolve('cpu');
}
