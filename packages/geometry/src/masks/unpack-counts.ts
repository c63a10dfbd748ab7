import { unpackCountsBase64 } from './unpack-counts.generated.ts';

/** What `assembly/unpack-counts.ts` exports. */
interface Kernel {
  readonly memory: WebAssembly.Memory;
  readonly textAddress: () => number;
  readonly countsAddress: () => number;
  readonly roomFor: () => number;
  readonly unpackCounts: (length: number, total: number, start: number) => number;
}

/** Unpacks texts one after another into one room. */
export interface Unpacker {
  /** The room: counts, good until they are unpacked over. */
  readonly counts: Uint32Array<ArrayBuffer>;
  /**
   * Unpacks a text into `counts` from `start` on. Returns how many there are; −1 if it is malformed, they do not add up to `total`, or there
   * may be no room for them.
   */
  readonly unpack: (text: string, total: number, start: number) => number;
}

const encoder = new TextEncoder();

/** An unpacker in WebAssembly; one that unpacks nothing where the place forbids WebAssembly, as a page's security policy may. */
export function createUnpacker(): Unpacker {
  let kernel: Kernel;
  try {
    const module = new WebAssembly.Module(Uint8Array.from(atob(unpackCountsBase64), (character) => character.charCodeAt(0)));
    kernel = new WebAssembly.Instance(module).exports as unknown as Kernel;
  } catch {
    return { counts: new Uint32Array(0), unpack: () => -1 };
  }
  const { memory, unpackCounts } = kernel;
  const room = kernel.roomFor();
  const bytes = new Uint8Array(memory.buffer, kernel.textAddress(), room);
  return {
    counts: new Uint32Array(memory.buffer, kernel.countsAddress(), room),
    unpack(text, total, start) {
      if (text.length > room - start) return -1;
      // A character of more bytes than one would be as many counts, for which there may be no room; it is none of a mask's.
      const { written } = encoder.encodeInto(text, bytes);
      return written === text.length ? unpackCounts(written, total, start) : -1;
    },
  };
}
