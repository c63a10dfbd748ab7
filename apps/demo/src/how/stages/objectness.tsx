import { useMemo, useState } from 'preact/hooks';
import { BoxOutlines } from '../../parts/box-outlines.tsx';
import { Check } from '../../parts/check.tsx';
import { Choice } from '../../parts/choice.tsx';
import { drawnColours } from '../../parts/drawn-colours.ts';
import { Figure } from '../../parts/figure.tsx';
import { ImageFrame } from '../../parts/image-frame.tsx';
import { formulas, fraction, name, number, power, row, sign, sub, words } from '../../parts/math.tsx';
import { pixelsOf } from '../../parts/pixels-of.ts';
import { Pixels } from '../../parts/pixels.tsx';
import { Slider } from '../../parts/slider.tsx';
import { Status } from '../../parts/status.tsx';
import { useCompute } from '../../parts/use-compute.ts';
import { heatMap } from '../heat-map.ts';
import type { Stage, StageProps } from '../stage.ts';

/** The proposal network's objectness and its best proposals. */
export const objectnessStage: Stage = {
  id: 'rpn',
  title: 'The proposal network',
  system: 'Faster R-CNN',
  paper: 'Ren et al. 2015, §3.1 and §3.3; a level of the pyramid at a time: Lin et al. 2017, §4.1',
  formula: formulas(
    row(sub('p', 'i'), sign('='), fraction(number('1'), row(number('1'), sign('+'), power(name('e'), row(sign('−'), sub('z', 'i')))))),
    row(sub('b', 'i'), sign('='), name('decode'), sign('('), sub('t', 'i'), sign(','), sub('anchor', 'i'), sign(')'), words('  for every anchor i')),
  ),
  View: ObjectnessView,
};

function ObjectnessView({ image, compute }: StageProps) {
  const [level, setLevel] = useState('0');
  const [wanted, setWanted] = useState(20);
  const [isSuppressed, setSuppressed] = useState(true);
  const { result, ...status } = useCompute(compute, 'networkProposals', { image }, [image]);
  const map = result?.levels[Number(level)];
  const proposals = result && (isSuppressed ? result.kept : result.all);
  const count = proposals?.scores.length ?? 0;
  const top = Math.min(wanted, count);

  const heat = useMemo(() => map && pixelsOf(heatMap(map.probabilities, map.width, map.height, [0, 1])), [map]);
  const best = [...Array(top).keys()];

  return (
    <>
      <p>
        A 3 × 3 convolution slides over the maps that the detector computes anyway. At each place it says, for every anchor, how likely an object is there, and four numbers that move the anchor
        onto it. The best are moved, cut to the image, and suppressed where they overlap by more than 0.7. That costs next to nothing beside the convolutions, and it is learnt, which selective search is not.
        The network of this page has seen nothing but shapes: on other images its proposals are guesses.
      </p>
      <div class="controls">
        <Choice label="Level" value={level} options={(result?.levels ?? []).map(({ width, height, stride }, i) => [String(i), `stride ${stride}: ${width} × ${height} places`] as const)} onChange={setLevel} />
        <Check label="Suppressed at IoU 0.7" value={isSuppressed} onChange={setSuppressed} />
      </div>
      <Slider label="Best N" value={wanted} min={1} max={100} step={1} onChange={setWanted} format={(value) => String(Math.min(value, Math.max(count, 1)))} />
      <div class="side-by-side">
        <Figure caption={map && <>Objectness: the likeliest anchor of each place, from dark (0) to light (1). At most <output data-most>{Math.max(...map.probabilities).toFixed(3)}</output>.</>}>
          <ImageFrame image={image} label="The image under its objectness map" layer={heat && result && (
            // The map reaches beyond the image, by what the network pads it with.
            <div class="layer heat" style={{ width: `${100 / result.shown.width}%`, height: `${100 / result.shown.height}%` }}><Pixels pixels={heat} /></div>
          )} />
        </Figure>
        <Figure
          caption={result && proposals && (
            <>
              The best <output data-top>{top}</output> of <output data-count>{count}</output> proposals from <output data-anchors>{result.anchors}</output> anchors, the first in yellow
              (score {(proposals.scores[0] ?? 0).toFixed(3)}). Head and proposals took {result.milliseconds.toFixed(1)} ms.
            </>
          )}
        >
          <ImageFrame image={image} label="The image with the best proposals" shapes={proposals && (
            <>
              <BoxOutlines boxes={proposals.boxes} which={best.slice(1)} colour={drawnColours.proposal} width={1.5} edged={top <= 30} />
              <BoxOutlines boxes={proposals.boxes} which={best.slice(0, 1)} colour={drawnColours.marked} width={3} edged={top <= 30} />
            </>
          )} />
        </Figure>
      </div>
      <Status {...status} what="Running the proposal network" />
    </>
  );
}
