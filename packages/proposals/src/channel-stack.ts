import type { Size } from '@rcnn/geometry';

/** One channel of an image: width × height numbers, row-major; bytes, or floats of any range. */
export type Plane = Uint8Array | Float32Array;

/** Any number of channels of one size, each apart from the others. */
export interface ChannelStack extends Size {
  readonly planes: readonly Plane[];
}

/** A stack of bytes, as the colour spaces are. */
export interface ByteStack extends Size {
  readonly planes: readonly Uint8Array[];
}

/**
 * Checks a stack of channels.
 * @throws RangeError if there is no channel, a side is no whole number above 0, a channel has another length than
 *   width × height, or holds what is no finite number
 */
export function checkChannelStack(who: string, { width, height, planes }: ChannelStack): void {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new RangeError(`${who}: expected a width and a height of at least 1, got ${width} × ${height}`);
  }
  if (planes.length === 0) {
    throw new RangeError(`${who}: expected at least one channel, got none`);
  }
  planes.forEach((plane, channel) => {
    if (plane.length !== width * height) {
      throw new RangeError(`${who}: expected ${width} × ${height} = ${width * height} numbers a channel, got ${plane.length} in channel ${channel}`);
    }
    if (plane instanceof Float32Array && !plane.every(Number.isFinite)) {
      throw new RangeError(`${who}: expected finite numbers, got ${plane.find((value) => !Number.isFinite(value))} in channel ${channel}`);
    }
  });
}
