import type { RgbImage, Size } from '@rcnn/geometry';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { FrameContext } from './frame-context.ts';
import { imageSource } from './image-source.ts';
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
  /** Whether the image itself is drawn below. */
  readonly showImage?: boolean;
  /** Pixels stay squares when they are enlarged. */
  readonly pixelated?: boolean;
  readonly onPointerDown?: (point: ImagePoint) => void;
  readonly onPointerMove?: (point: ImagePoint) => void;
  readonly onPointerUp?: (point: ImagePoint) => void;
  /** What lies over the canvas, such as {@link EditableBox}. */
  readonly children?: ComponentChildren;
}

/** An image with drawings over it, as sharp as the screen is. */
export function ImageCanvas({
  image, label, draw, showImage = true, pixelated = false, onPointerDown, onPointerMove, onPointerUp, children,
}: ImageCanvasProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useShownSize(frame, image);

  useEffect(() => {
    const { current } = canvas;
    const context = current?.getContext('2d');
    if (current === null || context === null || context === undefined || shown.width === 0) return;
    const ratio = window.devicePixelRatio;
    current.width = Math.round(shown.width * ratio);
    current.height = Math.round(shown.height * ratio);
    const scale = current.width / image.width;
    context.setTransform(scale, 0, 0, current.height / image.height, 0, 0);
    context.imageSmoothingEnabled = !pixelated;
    context.imageSmoothingQuality = 'medium'; // 'high' holds up the page with a photo
    if (showImage) context.drawImage(imageSource(image, current.width), 0, 0, image.width, image.height);
    draw?.(context, ratio / scale);
  }, [image, draw, showImage, pixelated, shown.width, shown.height]);

  const point = ({ clientX, clientY, currentTarget }: { clientX: number; clientY: number; currentTarget: EventTarget & Element }): ImagePoint => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return { x: ((clientX - left) / width) * image.width, y: ((clientY - top) / height) * image.height };
  };
  const interactive = onPointerDown !== undefined;
  return (
    <div class="image-canvas" ref={frame}>
      <div class="image-canvas-inner" style={{ width: `${shown.width}px`, height: `${shown.height}px` }}>
        <canvas
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

/** As wide as its place, but no taller than the window, and no smaller than nothing before it is laid out. */
function useShownSize(frame: { readonly current: HTMLDivElement | null }, image: Size): Size {
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = frame;
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
