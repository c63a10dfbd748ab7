import type { Size } from '@rcnn/geometry';
import { useContext, useRef } from 'preact/hooks';
import { changedBox, type BoxCorners, type BoxPart } from './changed-box.ts';
import { FrameContext } from './frame-context.ts';

export type { BoxCorners } from './changed-box.ts';

/** What {@link EditableBox} is told. */
export interface EditableBoxProps {
  readonly name: string;
  /** In the image's pixels. */
  readonly value: BoxCorners;
  readonly onChange: (value: BoxCorners) => void;
  /** The box stays in this. */
  readonly within: Size;
  /** A CSS colour. */
  readonly colour: string;
}

const corners: readonly BoxPart[] = ['top-left', 'top-right', 'bottom-left', 'bottom-right'];
const arrows: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A box over an image, to be dragged, resized by its corners, or moved by keys; belongs inside an `ImageFrame`. */
export function EditableBox({ name, value, onChange, within, colour }: EditableBoxProps) {
  const { image, shown } = useContext(FrameContext);
  const drag = useRef<{ readonly part: BoxPart; readonly x: number; readonly y: number; readonly from: BoxCorners } | undefined>(undefined);
  const scale = shown.width / image.width;
  const [x1, y1, x2, y2] = value;
  const begin = (part: BoxPart) => (event: PointerEvent) => {
    event.stopPropagation();
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    drag.current = { part, x: event.clientX, y: event.clientY, from: value };
  };
  const move = (event: PointerEvent): void => {
    const { current } = drag;
    if (current === undefined) return;
    event.stopPropagation();
    onChange(changedBox(current.from, current.part, (event.clientX - current.x) / scale, (event.clientY - current.y) / scale, within));
  };
  const end = (): void => {
    drag.current = undefined;
  };
  return (
    <div class="editable-box" style={{ left: `${scale * x1}px`, top: `${scale * y1}px`, width: `${scale * (x2 - x1)}px`, height: `${scale * (y2 - y1)}px`, '--colour': colour }}>
      <button
        type="button"
        aria-label={`${name}: ${value.map(Math.round).join(', ')}; arrows move it, Shift with arrows resizes it`}
        onPointerDown={begin('whole')}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
        onKeyDown={(event) => {
          const arrow = arrows[event.key];
          if (arrow === undefined) return;
          event.preventDefault();
          const step = Math.max(1, Math.round(image.width / 100));
          onChange(changedBox(value, event.shiftKey ? 'bottom-right' : 'whole', step * arrow[0], step * arrow[1], within));
        }}
      >
        <span aria-hidden="true">{name}</span>
      </button>
      {corners.map((part) => (
        <i key={part} class={part} aria-hidden="true" onPointerDown={begin(part)} onPointerMove={move} onPointerUp={end} onPointerCancel={end} />
      ))}
    </div>
  );
}
