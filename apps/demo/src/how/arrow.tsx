import { useContext } from 'preact/hooks';
import { Dots } from '../parts/dots.tsx';
import { FrameContext } from '../parts/frame-context.ts';

type Point = readonly [number, number];

/** An arrow between two points of the image, with a dark edge; one shorter than a few CSS pixels is a dot. Belongs among the shapes of an `ImageFrame`. */
export function Arrow({ from: [x1, y1], to: [x2, y2], colour }: { readonly from: Point; readonly to: Point; readonly colour: string }) {
  const { pixel } = useContext(FrameContext);
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (length < 3 * pixel) return <Dots points={[[x2, y2]]} colour={colour} diameter={3.5} />;
  const head = Math.min(9 * pixel, length / 2);
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const [left, right] = [-0.5, 0.5].map((turn) => `${x2 - head * Math.cos(angle + turn)} ${y2 - head * Math.sin(angle + turn)}`);
  const path = `M${x1} ${y1}L${x2} ${y2}M${left}L${x2} ${y2}L${right}`;
  return (
    <g stroke-linejoin="round">
      <path d={path} stroke="#000b" stroke-width="5" />
      <path d={path} stroke={colour} stroke-width="2.5" />
    </g>
  );
}
