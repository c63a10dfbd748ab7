/** How {@link strokeBox} draws. */
export interface StrokeStyle {
  readonly colour: string;
  /** In CSS pixels. */
  readonly width?: number;
  readonly dashed?: boolean;
  /** Whether a dark edge lies around the line, to be seen on any ground. */
  readonly edged?: boolean;
}

/** Draws the outline of the box at `at` of `boxes`; `pixel` is the side of a CSS pixel in the image's. */
export function strokeBox(context: CanvasRenderingContext2D, pixel: number, boxes: ArrayLike<number>, at: number, { colour, width = 2, dashed = false, edged = true }: StrokeStyle): void {
  const [x1, y1, x2, y2] = [boxes[4 * at], boxes[4 * at + 1], boxes[4 * at + 2], boxes[4 * at + 3]];
  context.setLineDash(dashed ? [6 * pixel, 4 * pixel] : []);
  if (edged) {
    context.lineWidth = (width + 2) * pixel;
    context.strokeStyle = '#000a';
    context.strokeRect(x1, y1, x2 - x1, y2 - y1);
  }
  context.lineWidth = width * pixel;
  context.strokeStyle = colour;
  context.strokeRect(x1, y1, x2 - x1, y2 - y1);
  context.setLineDash([]);
}
