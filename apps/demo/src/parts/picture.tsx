import type { RgbImage } from '@rcnn/geometry';
import { useEffect, useMemo } from 'preact/hooks';
import { pictureFile } from './picture-file.ts';
import { pixelsOf } from './pixels-of.ts';
import { Pixels } from './pixels.tsx';

/** An image in its own size, which the browser scales to the one that it is shown at: of a file where there is one, else of its pixels. */
export function Picture({ image, pixelated }: { readonly image: RgbImage; readonly pixelated: boolean }) {
  const file = pictureFile(image);
  return file === undefined ? <Painted image={image} pixelated={pixelated} /> : <Loaded file={file} pixelated={pixelated} />;
}

function Loaded({ file, pixelated }: { readonly file: Blob; readonly pixelated: boolean }) {
  const url = useMemo(() => URL.createObjectURL(file), [file]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return <img key={url} src={url} alt="" decoding="async" draggable={false} class={pixelated ? 'pixelated' : ''} />;
}

function Painted({ image, pixelated }: { readonly image: RgbImage; readonly pixelated: boolean }) {
  const pixels = useMemo(() => pixelsOf(image), [image]);
  return <Pixels pixels={pixels} pixelated={pixelated} />;
}
