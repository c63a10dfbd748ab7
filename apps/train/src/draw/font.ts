import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';

const family = 'DejaVu Sans';
let registered = false;

/**
 * The CSS name of the font of the tags; the same letters on every machine, as the font comes with the program.
 * @throws Error if the font's package is not installed
 */
export function tagFont(pixels: number): string {
  if (!registered) {
    const file = createRequire(import.meta.url).resolve('@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff2');
    if (GlobalFonts.registerFromPath(file, family) === null) throw new Error(`${file}: expected a font file`);
    registered = true;
  }
  return `bold ${pixels}px "${family}"`;
}
