import { useContext } from 'preact/hooks';
import { FrameContext } from '../parts/frame-context.ts';

/** The keypoints of an object as dots, `[x, y, v]` each in the image's pixels, joined along the skeleton; those with v = 0 are left out. */
export function Pose({ keypoints, skeleton = [], colour }: {
  readonly keypoints: Float32Array;
  readonly skeleton?: readonly (readonly [number, number])[] | undefined;
  readonly colour: string;
}) {
  const { pixel } = useContext(FrameContext);
  const seen = [...Array(keypoints.length / 3).keys()].filter((k) => keypoints[3 * k + 2] > 0);
  const at = (k: number): string => `${keypoints[3 * k]},${keypoints[3 * k + 1]}`;
  const bones = skeleton.filter((pair) => pair.every((k) => seen.includes(k))).map(([from, to]) => `M${at(from)}L${at(to)}`).join('');
  return (
    <>
      {bones !== '' && <path d={bones} stroke-width="2" />}
      {seen.map((k) => <circle key={k} cx={keypoints[3 * k]} cy={keypoints[3 * k + 1]} r={3 * pixel} fill={colour} stroke="#000000" stroke-width="1" />)}
    </>
  );
}
