import type { RgbImage, Size } from '@rcnn/geometry';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { FrameContext } from './frame-context.ts';
import { Picture } from './picture.tsx';
import { tallest } from './shown-room.ts';

/** A pointer over the image, in its pixels. */
export interface ImagePoint {
  readonly x: number;
  readonly y: number;
}

/** What {@link ImageCanvas} is told. */
export interface ImageCanvasProps {
  readonly image: RgbImage;
  /** What is to be seen, for those who do not see it. */
  readonly label: string;
  /**
   * Draws over the image, in its pixels; `pixel` is the side of a CSS pixel there, so a line of `2 * pixel` is 2 px wide at any size.
   * Called again when it changes: keep it with `useCallback`.
   */
  readonly draw?: ((context: CanvasRenderingContext2D, pixel: number) => void) | undefined;
  /** Pixels stay squares when they are enlarged. */
  readonly pixelated?: boolean;
  readonly onPointerDown?: (point: ImagePoint) => void;
  readonly onPointerMove?: (point: ImagePoint) => void;
  readonly onPointerUp?: (point: ImagePoint) => void;
  /** What lies over the canvas, such as {@link EditableBox}. */
  readonly children?: ComponentChildren;
}

/**
 * An image with drawings over it, as sharp as the screen is. They have a canvas of their own above the image's, so that to draw them again
 * does not draw the image again, which takes several times as long.
 */
export function ImageCanvas({ image, label, draw, pixelated = false, onPointerDown, onPointerMove, onPointerUp, children }: ImageCanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useShownSize(place, image);

  useEffect(() => {
    if (shown.width === 0) return undefined;
    // In a frame of its own, so that the page is not held up for as long as both canvases take.
    const frame = requestAnimationFrame(() => {
      if (canvas.current !== null) drawOver(canvas.current, image, shown, draw);
    });
    return () => cancelAnimationFrame(frame);
  }, [image, draw, shown.width, shown.height]);

  const point = ({ clientX, clientY, currentTarget }: { clientX: number; clientY: number; currentTarget: EventTarget & Element }): ImagePoint => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return { x: ((clientX - left) / width) * image.width, y: ((clientY - top) / height) * image.height };
  };
  const interactive = onPointerDown !== undefined;
  return (
    <div class="image-canvas" ref={place}>
      <div class="image-canvas-inner" style={{ width: `${shown.width}px`, height: `${shown.height}px` }}>
        <Picture image={image} width={shown.width} pixelated={pixelated} />
        <canvas
          class="overlay"
          ref={canvas}
          role="img"
          aria-label={label}
          style={{ touchAction: onPointerMove !== undefined ? 'none' : 'auto', cursor: interactive ? 'crosshair' : 'auto' }}
          onPointerDown={(event) => {
            if (!interactive) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            onPointerDown(point(event));
          }}
          onPointerMove={(event) => onPointerMove?.(point(event))}
          onPointerUp={(event) => onPointerUp?.(point(event))}
        />
        <FrameContext.Provider value={{ image, shown }}>{children}</FrameContext.Provider>
      </div>
    </div>
  );
}

/** Draws on a canvas as large as it is shown, in an image's pixels; without anything to draw it is as small as it can be. */
function drawOver(canvas: HTMLCanvasElement, image: Size, shown: Size, draw: ImageCanvasProps['draw']): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const ratio = window.devicePixelRatio;
  const [width, height] = draw === undefined ? [1, 1] : [Math.round(shown.width * ratio), Math.round(shown.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  context.reset();
  const scale = width / image.width;
  context.setTransform(scale, 0, 0, height / image.height, 0, 0);
  draw?.(context, ratio / scale);
}

/** As wide as its place, but no taller than the window, and no smaller than nothing before it is laid out. */
function useShownSize(place: { readonly current: HTMLDivElement | null }, image: Size): Size {
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = place;
    if (current === null) return undefined;
    const measure = (): void => setRoom({ width: current.clientWidth, height: tallest * window.innerHeight });
    const observer = new ResizeObserver(measure);
    measure();
    observer.observe(current);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, []);
  const scale = Math.min(room.width / image.width, room.height / image.height);
  return { width: Math.floor(scale * image.width), height: Math.floor(scale * image.height) };
}
