import type { Size } from '@rcnn/geometry';
import type { FoundObjects } from '../worker/tasks/detect-objects.ts';
import { classColour } from './class-colour.ts';

/** How {@link drawObjects} draws. */
export interface DrawObjectsOptions {
  readonly image: Size;
  /** Objects below are left out. */
  readonly minScore: number;
  /** The side of a CSS pixel in the image's pixels. */
  readonly pixel: number;
}

/** Draws found objects in an image's pixels, the most certain on top: masks, boxes, tags with class and score. */
export function drawObjects(context: CanvasRenderingContext2D, found: FoundObjects, { image, minScore, pixel }: DrawObjectsOptions): void {
  const { boxes, labels, scores, outlines, model } = found;
  const shown = [...scores.keys()].filter((i) => scores[i] >= minScore).reverse();
  for (const i of shown) {
    const { fill } = classColour(labels[i]);
    if (outlines !== undefined) {
      const path = pathOf(outlines[i]);
      context.fillStyle = `${fill}66`;
      context.fill(path, 'evenodd');
      context.strokeStyle = fill;
      context.lineWidth = 1.5 * pixel;
      context.stroke(path);
    }
    const [x1, y1, x2, y2] = boxes.subarray(4 * i, 4 * i + 4);
    context.lineJoin = 'miter';
    // A dark line around the bright one is seen on every ground.
    for (const [style, width] of [['#000000aa', 4], [fill, 2]] as const) {
      context.strokeStyle = style;
      context.lineWidth = width * pixel;
      context.strokeRect(x1, y1, x2 - x1, y2 - y1);
    }
  }
  context.font = `600 ${13 * pixel}px system-ui, sans-serif`;
  context.textBaseline = 'middle';
  for (const i of shown) {
    const { fill, text } = classColour(labels[i]);
    const said = `${model.classes[labels[i] - 1] ?? `class ${labels[i]}`} ${scores[i].toFixed(2)}`;
    const [width, height] = [context.measureText(said).width + 8 * pixel, 18 * pixel];
    const x = Math.max(0, Math.min(boxes[4 * i], image.width - width));
    const above = boxes[4 * i + 1] - height;
    const y = above >= 0 ? above : Math.max(0, Math.min(boxes[4 * i + 1], image.height - height));
    context.fillStyle = fill;
    context.fillRect(x, y, width, height);
    context.fillStyle = text;
    context.fillText(said, x + 4 * pixel, y + height / 2);
  }
}

function pathOf(rings: readonly Float32Array[]): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      if (i === 0) path.moveTo(ring[0], ring[1]);
      else path.lineTo(ring[i], ring[i + 1]);
    }
    path.closePath();
  }
  return path;
}
