import type { RgbImage } from '@rcnn/geometry';
import { useMemo } from 'preact/hooks';
import { pictureUrl } from './picture-url.ts';
import { pixelsOf } from './pixels-of.ts';
import { Pixels } from './pixels.tsx';

/** An image `width` CSS pixels wide: of a file where there is one that shows it as well, else of its pixels. */
export function Picture({ image, width, pixelated }: { readonly image: RgbImage; readonly width: number; readonly pixelated: boolean }) {
  const url = pictureUrl(image, Math.round(width * window.devicePixelRatio));
  if (url === undefined) return <Painted image={image} pixelated={pixelated} />;
  return <img key={url} src={url} alt="" decoding="async" draggable={false} class={pixelated ? 'pixelated' : ''} />;
}

function Painted({ image, pixelated }: { readonly image: RgbImage; readonly pixelated: boolean }) {
  const pixels = useMemo(() => pixelsOf(image), [image]);
  return <Pixels pixels={pixels} pixelated={pixelated} />;
}
