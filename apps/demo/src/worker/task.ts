import type { RgbImage } from '@rcnn/geometry';

/** What a task has beside its input. */
export interface TaskContext {
  /** Aborted when nobody waits for the result any more; look at it between parts of the work. */
  readonly signal: AbortSignal;
  /** Says how far the work is, 0 to 1, and what is being done. */
  readonly progress: (fraction: number, label?: string) => void;
  /** Marks an array of the result as moved to the page rather than copied; the worker must not use it again. */
  readonly transfer: <Value extends ArrayBufferView<ArrayBuffer>>(value: Value) => Value;
  /** A copy of an image that is moved to the page as part of the result; the worker keeps the image, so that the page need not send it. Once a task. */
  readonly share: (image: RgbImage) => RgbImage;
  /** Lets waiting messages in, such as a cancellation. @throws DOMException `AbortError` if there was one */
  readonly breathe: () => Promise<void>;
}

/** A computation that runs in the worker. What goes in and out can be cloned: plain objects, typed arrays, files. */
export type Task<Input, Result> = (input: Input, context: TaskContext) => Result | Promise<Result>;
