import type { Size } from '@rcnn/geometry';
import { loadSharp, tryDecode } from './decode-image.ts';

/** Width and height from an image's header, in stored pixels, or the reason why not. */
export async function readImageSize(file: string): Promise<Size | { reason: string }> {
  const sharp = await loadSharp();
  try {
    const { width, height } = await sharp(file).metadata();
    return { width, height };
  } catch {
    const decoded = await tryDecode(file);
    return 'reason' in decoded ? { reason: decoded.reason } : { width: decoded.width, height: decoded.height };
  }
}
