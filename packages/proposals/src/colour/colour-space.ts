import type { ByteStack } from '../channel-stack.ts';
import { splitChannels, type SourceImage } from '../source-image.ts';
import { rgbToGray } from './rgb-to-gray.ts';
import { rgbToHsv } from './rgb-to-hsv.ts';
import { rgbToLab } from './rgb-to-lab.ts';
import { rgbToNormalizedRg } from './rgb-to-normalized-rg.ts';

/**
 * The colour spaces there are, each in bytes:
 * - `rgb`; `gray`: luma; `lab`: CIE L*a*b* under D65
 * - `hsv`, `hue`: hue in 180 steps of two degrees, as OpenCV; `hsv-256`, `hue-256`: in 256 steps, as MATLAB's scaled to a byte
 * - `rg-gray`: R, G and luma, what OpenCV's selective search takes for rgI; `normalized-rg-gray`: r, g and luma, the paper's rgI
 */
export const colourSpaces = ['rgb', 'gray', 'hsv', 'hue', 'hsv-256', 'hue-256', 'lab', 'rg-gray', 'normalized-rg-gray'] as const;

/** The name of a colour space, one of {@link colourSpaces}. */
export type ColourSpace = (typeof colourSpaces)[number];

/**
 * The channels of an image in a colour space.
 * @throws RangeError if the image's `data` does not fit its size, or there is no such colour space
 */
export function toColourSpace(image: SourceImage, space: ColourSpace): ByteStack {
  return convertChannels(splitChannels(image), space);
}

/** As {@link toColourSpace}, of an image already apart in R, G and B. */
export function convertChannels(rgb: ByteStack, space: ColourSpace): ByteStack {
  return { width: rgb.width, height: rgb.height, planes: convert(rgb, space) };
}

function convert(rgb: ByteStack, space: ColourSpace): readonly Uint8Array[] {
  switch (space) {
    case 'rgb':
      return rgb.planes;
    case 'gray':
      return [rgbToGray(rgb)];
    case 'hsv':
      return rgbToHsv(rgb, 180);
    case 'hue':
      return rgbToHsv(rgb, 180).slice(0, 1);
    case 'hsv-256':
      return rgbToHsv(rgb, 256);
    case 'hue-256':
      return rgbToHsv(rgb, 256).slice(0, 1);
    case 'lab':
      return rgbToLab(rgb);
    case 'rg-gray':
      return [rgb.planes[0], rgb.planes[1], rgbToGray(rgb)];
    case 'normalized-rg-gray':
      return [...rgbToNormalizedRg(rgb), rgbToGray(rgb)];
    default:
      throw new RangeError(`expected a colour space (${colourSpaces.join(', ')}), got ${String(space)}`);
  }
}
