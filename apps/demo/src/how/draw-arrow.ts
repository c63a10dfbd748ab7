/** Draws an arrow with a dark edge; one shorter than a few CSS pixels is a dot. */
export function drawArrow(context: CanvasRenderingContext2D, pixel: number, x1: number, y1: number, x2: number, y2: number, colour: string): void {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const head = Math.min(9 * pixel, length / 2);
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const line = (width: number, style: string): void => {
    context.strokeStyle = style;
    context.lineWidth = width * pixel;
    context.lineJoin = 'round';
    context.beginPath();
    if (length < 3 * pixel) {
      context.arc(x2, y2, pixel, 0, 2 * Math.PI);
    } else {
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
      for (const turn of [-0.5, 0.5]) {
        context.moveTo(x2, y2);
        context.lineTo(x2 - head * Math.cos(angle + turn), y2 - head * Math.sin(angle + turn));
      }
    }
    context.stroke();
  };
  line(5, '#000b');
  line(2.5, colour);
}
