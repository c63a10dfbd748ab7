import type { RgbImage } from '@rcnn/geometry';
import { useMemo } from 'preact/hooks';
import { pictureUrl } from './picture-url.ts';
import { pixelsOf } from './pixels-of.ts';
import { Pixels } from './pixels.tsx';

/** An image in its own size, which the browser scales to the one that it is shown at: of a file where there is one, else of its pixels. */
export function Picture({ image, pixelated }: { readonly image: RgbImage; readonly pixelated: boolean }) {
  const url = pictureUrl(image);
  if (url === undefined) return <Painted image={image} pixelated={pixelated} />;
  return <img key={url} src={url} alt="" decoding="async" draggable={false} class={pixelated ? 'pixelated' : ''} />;
}

function Painted({ image, pixelated }: { readonly image: RgbImage; readonly pixelated: boolean }) {
  const pixels = useMemo(() => pixelsOf(image), [image]);
  return <Pixels pixels={pixels} pixelated={pixelated} />;
}
