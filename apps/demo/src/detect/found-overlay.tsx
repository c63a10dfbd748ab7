import { useContext } from 'preact/hooks';
import { FrameContext } from '../parts/frame-context.ts';
import type { FoundObjects } from '../worker/tasks/detect-objects.ts';
import { classColour } from './class-colour.ts';
import { Pose } from './pose.tsx';

/** Height of a tag, in CSS pixels. */
const tagHeight = 18;

/**
 * Found objects over an image, the most certain on top: masks, boxes, keypoints, tags with class and score. Shapes of the document, which
 * browsers paint on other threads than the page's; belongs inside an `ImageCanvas`.
 */
export function FoundOverlay({ found, minScore }: { readonly found: FoundObjects; readonly minScore: number }) {
  const { image, shown } = useContext(FrameContext);
  const { boxes, labels, scores, outlines, keypoints, model } = found;
  const visible = [...scores.keys()].filter((i) => scores[i] >= minScore).reverse();
  const numbers = keypoints === undefined ? 0 : keypoints.length / scores.length;
  const scale = shown.width / image.width;
  return (
    <>
      <svg class="found-overlay" viewBox={`0 0 ${image.width} ${image.height}`} preserveAspectRatio="none" aria-hidden="true">
        {visible.map((i) => {
          const { fill } = classColour(labels[i]);
          const [x1, y1, x2, y2] = boxes.subarray(4 * i, 4 * i + 4);
          const box = { x: x1, y: y1, width: x2 - x1, height: y2 - y1 };
          return (
            <g key={i} stroke={fill}>
              {outlines && <path d={outlines[i]} fill={fill} fill-opacity="0.4" fill-rule="evenodd" stroke-width="1.5" />}
              {/* A dark line around the bright one is seen on every ground. */}
              <rect {...box} stroke="#000000" stroke-opacity="0.67" stroke-width="4" />
              <rect {...box} stroke-width="2" />
              {keypoints && <Pose keypoints={keypoints.subarray(numbers * i, numbers * (i + 1))} skeleton={model.keypoints?.skeleton} colour={fill} pixel={1 / scale} />}
            </g>
          );
        })}
      </svg>
      {visible.map((i) => {
        const { fill, text } = classColour(labels[i]);
        const [x1, y1, x2] = boxes.subarray(4 * i, 4 * i + 3);
        const top = Math.max(0, scale * y1 >= tagHeight ? scale * y1 - tagHeight : Math.min(scale * y1, shown.height - tagHeight));
        // One that begins near the right edge ends with its box, so as not to be cut.
        const side = x1 > 0.75 * image.width ? { right: `${shown.width - scale * x2}px` } : { left: `${scale * x1}px` };
        return (
          <span key={i} class="found-tag" style={{ ...side, top: `${top}px`, height: `${tagHeight}px`, background: fill, color: text }} aria-hidden="true">
            {model.classes[labels[i] - 1] ?? `class ${labels[i]}`} {scores[i].toFixed(2)}
          </span>
        );
      })}
    </>
  );
}
