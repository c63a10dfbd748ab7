import { useContext, useState } from 'preact/hooks';
import { BoxOutlines } from '../../parts/box-outlines.tsx';
import { Check } from '../../parts/check.tsx';
import { Dots } from '../../parts/dots.tsx';
import { drawnColours } from '../../parts/drawn-colours.ts';
import { Figure } from '../../parts/figure.tsx';
import { FrameContext } from '../../parts/frame-context.ts';
import { ImageFrame, type ImagePoint } from '../../parts/image-frame.tsx';
import { formulas, name, number, row, sign, sub, words } from '../../parts/math.tsx';
import { Slider } from '../../parts/slider.tsx';
import { Status } from '../../parts/status.tsx';
import { useCompute } from '../../parts/use-compute.ts';
import { paletteCss } from '../palette-colour.ts';
import type { Stage, StageProps } from '../stage.ts';

/** Anchors of one place, by scales and ratios. */
export const anchorsStage: Stage = {
  id: 'anchors',
  title: 'Anchors',
  system: 'Faster R-CNN',
  paper: 'Ren et al. 2015, §3.1.1; scales, ratios and those across the edge: §3.3',
  formula: formulas(
    row(sub('w', 'a'), sign('='), name('s'), sign('/'), <msqrt>{name('r')}</msqrt>, sign(','), words('  '), sub('h', 'a'), sign('='), name('s'), <msqrt>{name('r')}</msqrt>),
    row(name('k'), sign('='), words('scales'), sign('×'), words('ratios')),
    row(name('W'), sign('·'), name('H'), sign('·'), name('k'), words(' anchors, '), number('4'), name('k'), sign('+'), name('k'), words(' outputs a place')),
  ),
  View: AnchorsView,
};

const scales = [32, 64, 128, 256, 512];
const ratios = [[0.5, '1:2 (wide)'], [1, '1:1'], [2, '2:1 (tall)']] as const;

function AnchorsView({ image, compute }: StageProps) {
  const [sizes, setSizes] = useState<readonly number[]>([64, 128, 256]);
  const [shapes, setShapes] = useState<readonly number[]>([0.5, 1, 2]);
  const [logStride, setLogStride] = useState(4);
  const [place, setPlace] = useState<ImagePoint>({ x: image.width / 2, y: image.height / 2 });
  const stride = 2 ** logStride;
  const cell = { x: Math.min(Math.floor(place.x / stride), Math.ceil(image.width / stride) - 1), y: Math.min(Math.floor(place.y / stride), Math.ceil(image.height / stride) - 1) };
  const { width, height } = image;
  const inputs = [sizes, shapes, stride, cell.x, cell.y];
  const { result, ...status } = useCompute(compute, 'placeAnchors', { size: { width, height }, stride, sizes, ratios: shapes, cell }, inputs);
  const toggled = (list: readonly number[], value: number): readonly number[] => (list.includes(value) ? list.filter((each) => each !== value) : [...list, value].sort((a, b) => a - b));

  const anchors = [...Array((result?.boxes.length ?? 0) / 4).keys()];
  const move = (dx: number, dy: number): void => setPlace({ x: Math.min(Math.max(place.x + dx * stride, 0), width - 1), y: Math.min(Math.max(place.y + dy * stride, 0), height - 1) });

  return (
    <>
      <p>
        The proposal network looks at every place of its map through the same small window, and answers for <i>k</i> boxes at once, each measured from an anchor there. Anchors of
        several sizes and shapes stand in for a pyramid of images: one map of one image is enough. As the same anchors stand at every place, an object that moves takes its answer along.
        Click a place, or move it with the arrows.
      </p>
      <fieldset class="controls">
        <legend>Scales <i>s</i>, the square root of an anchor's area</legend>
        {scales.map((scale) => <Check key={scale} label={`${scale} px`} value={sizes.includes(scale)} onChange={() => setSizes(toggled(sizes, scale))} />)}
      </fieldset>
      <fieldset class="controls">
        <legend>Ratios <i>r</i>, height to width</legend>
        {ratios.map(([ratio, label]) => <Check key={ratio} label={label} value={shapes.includes(ratio)} onChange={() => setShapes(toggled(shapes, ratio))} />)}
      </fieldset>
      <Slider label="Stride of the map" value={logStride} min={2} max={6} step={1} onChange={setLogStride} format={(value) => `${2 ** value} px`} />
      <Figure
        caption={result && (
          <>
            <i>k</i> = <output data-k>{result.boxes.length / 4}</output> anchors at place {cell.x}, {cell.y} of a map of {result.map.width} × {result.map.height}: <output data-total>{result.total}</output> in
            the image, of which <output data-inside>{result.inside}</output> do not cross its edge; the paper learns from those alone.
          </>
        )}
      >
        <div class="keys" role="group" aria-label="Place on the map">
          {([['←', -1, 0, 'left'], ['→', 1, 0, 'right'], ['↑', 0, -1, 'up'], ['↓', 0, 1, 'down']] as const).map(([arrow, dx, dy, where]) => (
            <button key={where} type="button" class="plain" aria-label={`One place ${where}`} onClick={() => move(dx, dy)}>{arrow}</button>
          ))}
        </div>
        <ImageFrame image={image} label="The image with the anchors of one place" onPointerDown={setPlace} shapes={(
            <>
              <Places stride={stride} />
              {result && sizes.map((size, at) => <BoxOutlines key={size} boxes={result.boxes} which={anchors.filter((i) => i % sizes.length === at)} colour={paletteCss(3 * at)} />)}
              <Dots points={[[cell.x * stride, cell.y * stride]]} colour={drawnColours.marked} diameter={8} />
            </>
          )} />
      </Figure>
      <Status {...status} busy={false} what="Placing anchors" />
    </>
  );
}

/** All places of a map, as a dot each. */
function Places({ stride }: { readonly stride: number }) {
  const { image, pixel } = useContext(FrameContext);
  return (
    <>
      <pattern id="places" x={-stride / 2} y={-stride / 2} width={stride} height={stride} patternUnits="userSpaceOnUse">
        <rect x={(stride - pixel) / 2} y={(stride - pixel) / 2} width={pixel} height={pixel} fill="#fff9" />
      </pattern>
      <rect width={image.width} height={image.height} fill="url(#places)" />
    </>
  );
}
