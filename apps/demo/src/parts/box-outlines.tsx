/** What {@link BoxOutlines} is told. */
export interface BoxOutlinesProps {
  /** Corners, in the image's pixels, of one box after the other. */
  readonly boxes: ArrayLike<number>;
  /** Numbers of the boxes to outline; all unless given. */
  readonly which?: readonly number[];
  readonly colour: string;
  /** In CSS pixels. */
  readonly width?: number;
  readonly dashed?: boolean;
  /** Whether a dark edge lies around the lines, to be seen on any ground. */
  readonly edged?: boolean;
  readonly opacity?: number;
}

/** Outlines of boxes that look alike; belongs among the shapes of an `ImageFrame`. */
export function BoxOutlines({ boxes, which = [...Array(boxes.length / 4).keys()], colour, width = 2, dashed = false, edged = true, opacity = 1 }: BoxOutlinesProps) {
  const path = which.map((i) => `M${boxes[4 * i]} ${boxes[4 * i + 1]}H${boxes[4 * i + 2]}V${boxes[4 * i + 3]}H${boxes[4 * i]}Z`).join('');
  return (
    <g stroke-dasharray={dashed ? '6 4' : 'none'} opacity={opacity}>
      {edged && <path d={path} stroke="#000a" stroke-width={width + 2} />}
      <path d={path} stroke={colour} stroke-width={width} />
    </g>
  );
}
