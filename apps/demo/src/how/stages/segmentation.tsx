import { useMemo, useState } from 'preact/hooks';
import { BoxOutlines } from '../../parts/box-outlines.tsx';
import { Check } from '../../parts/check.tsx';
import { Choice } from '../../parts/choice.tsx';
import { drawnColours } from '../../parts/drawn-colours.ts';
import { Figure } from '../../parts/figure.tsx';
import { ImageFrame } from '../../parts/image-frame.tsx';
import { formulas, name, number, row, sign, sub, words } from '../../parts/math.tsx';
import { Slider } from '../../parts/slider.tsx';
import { Status } from '../../parts/status.tsx';
import { useCompute } from '../../parts/use-compute.ts';
import { paintRegions } from '../paint-regions.ts';
import { paletteColour } from '../palette-colour.ts';
import { regionsAt } from '../regions-at.ts';
import type { Stage, StageProps } from '../stage.ts';

const similarities = {
  all: { colour: 1, texture: 1, size: 1, fill: 1 },
  colour: { colour: 1 },
  texture: { texture: 1 },
  size: { size: 1 },
  fill: { fill: 1 },
} as const;
type SimilarityName = keyof typeof similarities;

const colourSpaces = [['hsv', 'HSV'], ['lab', 'Lab'], ['rgb', 'RGB'], ['gray', 'Gray']] as const;
type ColourSpaceName = (typeof colourSpaces)[number][0];

/** Selective search's segmentation and the hierarchy grouped from it. */
export const segmentationStage: Stage = {
  id: 'segmentation',
  title: 'Segments, grouped',
  system: 'R-CNN',
  paper: 'selective search: Uijlings et al. 2013, §3.1–3.2; the first segments: Felzenszwalb & Huttenlocher 2004, §3–4. R-CNN takes it up in Girshick et al. 2014, §2.1',
  formula: formulas(
    row(name('s'), sign('('), sub('r', 'i'), sign(','), sub('r', 'j'), sign(')'), sign('='), sub('a', '1'), sub('s', 'colour'), sign('+'), sub('a', '2'), sub('s', 'texture'), ),
    row(words('    '), sign('+'), sub('a', '3'), sub('s', 'size'), sign('+'), sub('a', '4'), sub('s', 'fill')),
    row(sub('s', 'size'), sign('='), number('1'), sign('−'), sign('('), name('|'), sub('r', 'i'), name('|'), sign('+'), name('|'), sub('r', 'j'), name('|'), sign(')'), sign('/'), name('|'), name('image'), name('|')),
  ),
  View: SegmentationView,
};

function SegmentationView({ image, compute }: StageProps) {
  const [colourSpace, setColourSpace] = useState<ColourSpaceName>('hsv');
  const [measure, setMeasure] = useState<SimilarityName>('all');
  const [k, setK] = useState(200);
  const [part, setPart] = useState(0.6);
  const [isMean, setMean] = useState(false);
  const [hasBoxes, setBoxes] = useState(false);
  const input = { image, colourSpace, k, similarity: similarities[measure] };
  const { result, ...status } = useCompute(compute, 'segment', input, [image, colourSpace, k, measure]);

  const view = useMemo(() => {
    if (result === undefined) return undefined;
    const merges = result.count - result.leaves;
    const done = Math.round(part * merges);
    const regionOf = regionsAt(result, done);
    const regions = [...new Set(regionOf.subarray(0, result.leaves))];
    const { colours } = result;
    const colourOf = isMean ? (region: number) => [colours[3 * region], colours[3 * region + 1], colours[3 * region + 2]] as const : paletteColour;
    const painted = paintRegions(result.labels, result, regionOf, colourOf, isMean);
    const shapes = (
      <>
        {hasBoxes && <BoxOutlines boxes={result.boxes} which={regions} colour={drawnColours.waiting} width={1} />}
        {done > 0 && <BoxOutlines boxes={result.boxes} which={[result.leaves + done - 1]} colour={drawnColours.marked} />}
      </>
    );
    return { merges, done, painted, shapes, regions };
  }, [result, part, isMean, hasBoxes]);

  return (
    <>
      <p>
        A graph joins every pixel to its neighbours, by edges as long as their colours differ. Edges are taken shortest first, and one joins two segments where
        it is no longer than the longest within either, plus <i>k</i> over that segment's size: a greater <i>k</i> gives larger segments. Then the two
        neighbouring segments that are most alike become one, again and again until the image is one region. Each region met on the way, small or large, is a proposal.
      </p>
      <div class="controls">
        <Choice label="Colours" value={colourSpace} options={colourSpaces} onChange={setColourSpace} />
        <Choice
          label="Alike in"
          value={measure}
          options={[['all', 'colour, texture, size, fill'], ['colour', 'colour'], ['texture', 'texture'], ['size', 'size (small ones first)'], ['fill', 'fill (those that fit)']]}
          onChange={setMeasure}
        />
        <Check label="Mean colours" value={isMean} onChange={setMean} />
        <Check label="Boxes of all regions" value={hasBoxes} onChange={setBoxes} />
      </div>
      <Slider label="k" value={k} min={50} max={1000} step={50} onChange={setK} />
      <Slider label="Merged" value={part} min={0} max={1} step={0.005} onChange={setPart} format={(value) => `${Math.round(100 * value)} %`} />
      <Figure
        caption={view && result && (
          <>
            <output data-leaves>{result.leaves}</output> segments at first; after <output data-done>{view.done}</output> of {view.merges} merges,{' '}
            <output data-regions>{view.regions.length}</output> regions. The last merged one is framed. Computed in {Math.round(result.milliseconds)} ms.
          </>
        )}
      >
        <ImageFrame image={view?.painted ?? image} label="The image with each region in one colour" shapes={view?.shapes} pixelated />
      </Figure>
      <Status {...status} what="Segmenting and grouping" />
    </>
  );
}
