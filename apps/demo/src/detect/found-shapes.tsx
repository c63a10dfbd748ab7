import { BoxOutlines } from '../parts/box-outlines.tsx';
import type { FoundObjects } from '../worker/tasks/detect-objects.ts';
import { classColour } from './class-colour.ts';
import { Pose } from './pose.tsx';
import { visibleObjects } from './visible-objects.ts';

/** Found objects, the most certain on top: masks, boxes, keypoints. Belongs among the shapes of an `ImageFrame`. */
export function FoundShapes({ found, minScore }: { readonly found: FoundObjects; readonly minScore: number }) {
  const { boxes, labels, scores, outlines, keypoints, model } = found;
  const numbers = keypoints === undefined ? 0 : keypoints.length / scores.length;
  return visibleObjects(found, minScore).map((i) => {
    const { fill } = classColour(labels[i]);
    return (
      <g key={i} stroke={fill}>
        {outlines && <path d={outlines[i]} fill={fill} fill-opacity="0.4" fill-rule="evenodd" stroke-width="1.5" />}
        <BoxOutlines boxes={boxes} which={[i]} colour={fill} />
        {keypoints && <Pose keypoints={keypoints.subarray(numbers * i, numbers * (i + 1))} skeleton={model.keypoints?.skeleton} colour={fill} />}
      </g>
    );
  });
}
