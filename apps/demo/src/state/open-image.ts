import { compute } from '../compute/compute.ts';
import { registerPicture } from '../parts/picture-url.ts';
import type { DecodedImage } from '../worker/tasks/decode-file.ts';
import { shownRoom } from '../parts/shown-room.ts';
import { bitmapOfSvg, isSvg } from './bitmap-of-svg.ts';
import { busy } from './busy.ts';
import { problem, report } from './problem.ts';
import { shownImage } from './shown-image.ts';

let opening: AbortController | undefined;

/** Shows an image from a file of the user's. */
export function openFile(file: Blob, name = file instanceof File && file.name !== '' ? file.name : 'pasted image'): Promise<void> {
  return open(name, async (options) => {
    if (!isSvg(file, name)) return compute('decodeFile', { name, source: file, room: shownRoom() }, options);
    const { bitmap, original } = await bitmapOfSvg(file, name);
    return compute('decodeFile', { name, source: bitmap, original, room: shownRoom() }, options);
  });
}

/** Shows a picture that the page has taken, such as the camera's. */
export function openBitmap(bitmap: ImageBitmap, name: string): Promise<void> {
  return open(name, (options) => compute('decodeFile', { name, source: bitmap, room: shownRoom() }, options));
}

/** Shows a generated image. */
export function openSample(seed: number): Promise<void> {
  return open(`shapes-${seed}.png`, (options) => compute('drawSample', { seed }, options));
}

/** One image is opened at a time: a newer one supersedes it. */
async function open(name: string, decode: (options: { signal: AbortSignal; onProgress: (fraction: number, label: string | undefined) => void }) => Promise<DecodedImage>): Promise<void> {
  opening?.abort();
  const controller = new AbortController();
  opening = controller;
  const start = performance.now();
  problem.value = undefined;
  busy.value = { label: 'decoding', fraction: undefined };
  try {
    const { image, picture, original } = await decode({
      signal: controller.signal,
      onProgress: (fraction, label) => (busy.value = { label: label ?? 'decoding', fraction }),
    });
    registerPicture(image, picture);
    busy.value = undefined; // before the image is shown: what looks at it then is busy itself
    shownImage.value = { name, image, original, decodeMs: performance.now() - start };
  } catch (error) {
    if (opening !== controller) return;
    report(error);
    busy.value = undefined;
  }
}
