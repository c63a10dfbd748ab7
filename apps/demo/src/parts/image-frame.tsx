import type { RgbImage, Size } from '@rcnn/geometry';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { FrameContext } from './frame-context.ts';
import { Picture } from './picture.tsx';
import { tallest } from './shown-room.ts';

/** A pointer over the image, in its pixels. */
export interface ImagePoint {
  readonly x: number;
  readonly y: number;
}

/** What {@link ImageFrame} is told. */
export interface ImageFrameProps {
  readonly image: RgbImage;
  /** What is to be seen, for those who do not see it. */
  readonly label: string;
  /** SVG over the image, in its pixels; widths of lines are CSS pixels, at any size. Browsers paint it on other threads than the page's. */
  readonly shapes?: ComponentChildren;
  /** Pixels stay squares when they are enlarged. */
  readonly pixelated?: boolean;
  readonly onPointerDown?: (point: ImagePoint) => void;
  readonly onPointerMove?: (point: ImagePoint) => void;
  readonly onPointerUp?: (point: ImagePoint) => void;
  /** HTML between the image and the shapes, such as `Pixels`. */
  readonly layer?: ComponentChildren;
  /** HTML above the shapes, such as `EditableBox`. */
  readonly children?: ComponentChildren;
}

/** An image with what lies over it. */
export function ImageFrame({ image, label, shapes, layer, pixelated = false, onPointerDown, onPointerMove, onPointerUp, children }: ImageFrameProps) {
  const place = useRef<HTMLDivElement>(null);
  const shown = useShownSize(place, image);
  const point = ({ clientX, clientY, currentTarget }: { clientX: number; clientY: number; currentTarget: EventTarget & Element }): ImagePoint => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return { x: ((clientX - left) / width) * image.width, y: ((clientY - top) / height) * image.height };
  };
  const interactive = onPointerDown !== undefined;
  return (
    <div class="image-frame" ref={place}>
      <div class="image-frame-inner" style={{ width: `${shown.width}px`, height: `${shown.height}px` }}>
        <FrameContext.Provider value={{ image, shown, pixel: image.width / Math.max(1, shown.width) }}>
          <Picture image={image} width={shown.width} pixelated={pixelated} />
          {layer}
          <svg
            role="img"
            aria-label={label}
            viewBox={`0 0 ${image.width} ${image.height}`}
            preserveAspectRatio="none"
            style={{ touchAction: onPointerMove !== undefined ? 'none' : 'auto', cursor: interactive ? 'crosshair' : 'auto' }}
            onPointerDown={(event) => {
              if (!interactive) return;
              event.currentTarget.setPointerCapture(event.pointerId);
              onPointerDown(point(event));
            }}
            onPointerMove={(event) => onPointerMove?.(point(event))}
            onPointerUp={(event) => onPointerUp?.(point(event))}
          >
            {shapes}
          </svg>
          {children}
        </FrameContext.Provider>
      </div>
    </div>
  );
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
