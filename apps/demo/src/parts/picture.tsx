import type { RgbImage } from '@rcnn/geometry';
import { useEffect, useRef } from 'preact/hooks';
import { imageSource } from './image-source.ts';

/** An image as it is, on a canvas of its own size that the browser scales to the one that it is shown at: `width`, in CSS pixels. */
export function Picture({ image, width, pixelated }: { readonly image: RgbImage; readonly width: number; readonly pixelated: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const source = width === 0 ? undefined : imageSource(image, Math.round(width * window.devicePixelRatio));
  useEffect(() => {
    const { current } = canvas;
    if (current === null || source === undefined) return;
    [current.width, current.height] = [source.width, source.height];
    current.getContext('2d')?.drawImage(source, 0, 0);
  }, [source]);
  return <canvas ref={canvas} aria-hidden="true" style={{ imageRendering: pixelated ? 'pixelated' : 'auto' }} />;
}
