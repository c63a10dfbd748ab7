/** A kind of typed array. */
export type TypedArrayType<Values> = { readonly BYTES_PER_ELEMENT: number } & (new (buffer: ArrayBuffer, offset: number, length: number) => Values);

/** Memory to compute in, to be used again and again. */
export interface Scratch {
  /** An array that holds whatever was in its memory last. */
  readonly take: <Values>(type: TypedArrayType<Values>, length: number) => Values;
  /** Gives arrays back that nobody looks at any more: later ones lie in their memory. */
  readonly free: (...arrays: readonly ArrayBufferView[]) => void;
}

const roundTo = 1 << 16; // bytes: so that what is needed a little larger next time fits

/**
 * An empty {@link Scratch}. Memory from the system costs more than what is done in it: it comes in pages, each of which is made and
 * cleared when it is first touched. A scratch keeps what was given back, as much as was in use at once; without references to it, it goes.
 */
export function createScratch(): Scratch {
  const spare = new Set<ArrayBufferLike>();
  return {
    take: (type, length) => {
      const bytes = length * type.BYTES_PER_ELEMENT;
      let best: ArrayBuffer | undefined;
      for (const buffer of spare) {
        if (buffer.byteLength >= bytes && !(best !== undefined && best.byteLength <= buffer.byteLength)) best = buffer as ArrayBuffer;
      }
      if (best !== undefined) spare.delete(best);
      return new type(best ?? new ArrayBuffer(Math.ceil(bytes / roundTo) * roundTo), 0, length);
    },
    free: (...arrays) => arrays.forEach(({ buffer }) => spare.add(buffer)),
  };
}
