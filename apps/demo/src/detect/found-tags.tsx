import { useContext } from 'preact/hooks';
import { FrameContext } from '../parts/frame-context.ts';
import type { FoundObjects } from '../worker/tasks/detect-objects.ts';
import { classColour } from './class-colour.ts';
import { visibleObjects } from './visible-objects.ts';

/** Height of a tag, in CSS pixels. */
const tagHeight = 18;

/** Tags of found objects with class and score, at their boxes; belongs inside an `ImageFrame`. */
export function FoundTags({ found, minScore }: { readonly found: FoundObjects; readonly minScore: number }) {
  const { image, shown, pixel } = useContext(FrameContext);
  const { boxes, labels, scores, model } = found;
  return visibleObjects(found, minScore).map((i) => {
    const { fill, text } = classColour(labels[i]);
    const [x1, y1, x2] = boxes.subarray(4 * i, 4 * i + 3);
    const above = y1 / pixel - tagHeight;
    const top = Math.max(0, above >= 0 ? above : Math.min(y1 / pixel, shown.height - tagHeight));
    // One that begins near the right edge ends with its box, so as not to be cut.
    const side = x1 > 0.75 * image.width ? { right: `${shown.width - x2 / pixel}px` } : { left: `${x1 / pixel}px` };
    return (
      <span key={i} class="found-tag" style={{ ...side, top: `${top}px`, height: `${tagHeight}px`, background: fill, color: text }} aria-hidden="true">
        {model.classes[labels[i] - 1] ?? `class ${labels[i]}`} {scores[i].toFixed(2)}
      </span>
    );
  });
}
