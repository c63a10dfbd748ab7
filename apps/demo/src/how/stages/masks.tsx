import { useMemo, useState } from 'preact/hooks';
import { BoxOutlines } from '../../parts/box-outlines.tsx';
import { Choice } from '../../parts/choice.tsx';
import { drawnColours } from '../../parts/drawn-colours.ts';
import { Figure } from '../../parts/figure.tsx';
import { ImageFrame } from '../../parts/image-frame.tsx';
import { formulas, fraction, name, number, power, row, sign, sub, under, words } from '../../parts/math.tsx';
import { Pixels } from '../../parts/pixels.tsx';
import { Slider } from '../../parts/slider.tsx';
import { Status } from '../../parts/status.tsx';
import { useCompute } from '../../parts/use-compute.ts';
import { heatMap } from '../heat-map.ts';
import { tint } from '../tint.ts';
import type { Stage, StageProps } from '../stage.ts';

/** A mask of 28 × 28 probabilities, and what becomes of it in the image. */
export const masksStage: Stage = {
  id: 'mask',
  title: 'A mask, pasted',
  system: 'Mask R-CNN',
  paper: 'He et al. 2017, §3 (mask representation) and §3.1 (inference)',
  formula: formulas(
    row(sub('L', 'mask'), sign('='), sign('−'), fraction(number('1'), power(name('m'), number('2'))), under(sign('∑'), row(name('i'), sign(','), name('j'))),
    sub('ℓ', 'ij')), row(sub('ℓ', 'ij'), sign('='), sub('y', 'ij'), words(' log '), sub('p', 'ij'), sign('+'), sign('('), number('1'), sign('−'), sub('y', 'ij'), sign(')'), words(' log '), sign('('), number('1'), sign('−'), sub('p', 'ij'), sign(')')),
    row(words('p: of the own class alone')),
  ),
  View: MasksView,
};

interface Mask {
  readonly title: string;
  readonly box: readonly number[];
  readonly probabilities: Float32Array;
}

function MasksView({ image, compute }: StageProps) {
  const { width, height } = image;
  const [chosen, setChosen] = useState('0');
  const [threshold, setThreshold] = useState(0.5);
  const { result: found, ...status } = useCompute(compute, 'softMasks', { image }, [image]);
  const { result: segments } = useCompute(compute, 'segmentMasks', found && { image, count: 4, side: found.side }, [image, found]);
  const masks = useMemo((): Mask[] => {
    if (found === undefined) return [];
    const pixels = found.side ** 2;
    const slice = (all: Float32Array, i: number): Float32Array => all.slice(i * pixels, (i + 1) * pixels);
    const predicted = Array.from(found.labels, (label, i) => ({
      title: `${found.classes[label - 1]}, score ${found.scores[i].toFixed(2)}`, box: [...found.boxes.subarray(4 * i, 4 * i + 4)], probabilities: slice(found.probabilities, i),
    }));
    const taught = segments === undefined ? [] : Array.from({ length: segments.boxes.length / 4 }, (_, i) => ({
      title: `segment ${i + 1}, as a target`, box: [...segments.boxes.subarray(4 * i, 4 * i + 4)], probabilities: slice(segments.targets, i),
    }));
    return [...predicted, ...taught];
  }, [found, segments]);
  const mask = masks[Number(chosen)] ?? masks[0];
  const { result: pasted } = useCompute(compute, 'paste', mask && { probabilities: mask.probabilities, box: mask.box, size: { width, height }, threshold }, [mask, threshold]);

  const side = found?.side ?? 28;
  const picture = useMemo(() => mask && heatMap(mask.probabilities, side, side, [0, 1]), [mask, side]);
  const tinted = useMemo(() => pasted && tint(pasted.pasted, { width, height }, threshold), [pasted, threshold, width, height]);

  return (
    <>
      <p>
        Beside class and box, a third head says of each of {side} × {side} parts of a region how likely it belongs to the object. It draws a mask for every class, without a contest
        between them: which of them counts, the classification decides. In detection the mask is stretched over the box and cut at a threshold. Its resolution is that of the head,
        whatever the object's size, which is why large objects have soft corners. The page's model knows shapes; for other images, and for comparison, there are segments
        of the image itself, brought to {side} × {side} as the head would be taught them.
      </p>
      <div class="controls">
        <Choice label="Mask" value={mask === undefined ? '' : String(masks.indexOf(mask))} options={masks.map(({ title }, i) => [String(i), title] as const)} onChange={setChosen} />
      </div>
      <Slider label="Threshold" value={threshold} min={0} max={0.95} step={0.05} onChange={setThreshold} format={(value) => value.toFixed(2)} />
      <div class="side-by-side">
        <Figure caption={<>{side} × {side} probabilities, from dark (0) to light (1); outlined, the parts above the threshold.</>}>
          {picture && mask && (
            <ImageFrame
              image={picture}
              label="The mask as the head gives it"
              pixelated
              shapes={<path d={cellOutline(mask.probabilities, side, threshold)} stroke={drawnColours.kept} stroke-width="1.5" />}
            />
          )}
        </Figure>
        <Figure caption={pasted && mask && <>Pasted: <output data-area>{pasted.area}</output> pixels above <output data-threshold>{threshold.toFixed(2)}</output>, {Math.round((100 * pasted.area) / boxArea(mask.box))} % of the box.</>}>
          <ImageFrame image={image} label="The image with the pasted mask" layer={tinted && <div class="layer"><Pixels pixels={tinted} /></div>} shapes={mask && <BoxOutlines boxes={mask.box} colour={drawnColours.marked} />} />
        </Figure>
      </div>
      <Status {...status} what="Detecting masks" />
    </>
  );
}

function boxArea([x1, y1, x2, y2]: readonly number[]): number {
  return Math.max(1, (x2 - x1) * (y2 - y1));
}

/** The edges between parts above the threshold and the others, as an SVG path. */
function cellOutline(values: Float32Array, side: number, threshold: number): string {
  const isIn = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < side && y < side && values[y * side + x] > threshold;
  let path = '';
  for (let y = 0; y <= side; y++) {
    for (let x = 0; x <= side; x++) {
      if (isIn(x, y) !== isIn(x - 1, y)) path += `M${x} ${y}v1`;
      if (isIn(x, y) !== isIn(x, y - 1)) path += `M${x} ${y}h1`;
    }
  }
  return path;
}
