import { useEffect, useRef } from 'preact/hooks';

/** Pixels that the page has computed; enlarged, they stay squares unless told otherwise. */
export function Pixels({ pixels, pixelated = true }: { readonly pixels: ImageData; readonly pixelated?: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { current } = canvas;
    if (current === null) return;
    [current.width, current.height] = [pixels.width, pixels.height];
    current.getContext('2d')?.putImageData(pixels, 0, 0);
  }, [pixels]);
  return <canvas ref={canvas} class={pixelated ? 'pixelated' : ''} aria-hidden="true" />;
}
