import { useState } from 'preact/hooks';
import { Choice } from '../../parts/choice.tsx';
import { drawnColours } from '../../parts/drawn-colours.ts';
import { EditableBox, type BoxCorners } from '../../parts/editable-box.tsx';
import { Figure } from '../../parts/figure.tsx';
import { ImageFrame } from '../../parts/image-frame.tsx';
import { formulas, fraction, name, row, sign, sub, words } from '../../parts/math.tsx';
import { Status } from '../../parts/status.tsx';
import { useCompute } from '../../parts/use-compute.ts';
import { Arrow } from '../arrow.tsx';
import type { Stage, StageProps } from '../stage.ts';

const target = (axis: string, side: string) => row(sub('t', axis), sign('='), fraction(row(name(axis), sign('−'), sub(axis, 'a')), sub(side, 'a')));
const growth = (side: string) => row(sub('t', side), sign('='), name('log'), words(' '), fraction(name(side), sub(side, 'a')));

/** Box coding: four numbers that lead from an anchor to a box. */
export const codingStage: Stage = {
  id: 'coding',
  title: 'A box as four numbers',
  system: 'R-CNN',
  paper: 'Girshick et al. 2014, appendix C; anchors instead of proposals: Ren et al. 2015, §3.1.2',
  formula: formulas(row(target('x', 'w'), words('      '), target('y', 'h')), row(growth('w'), words('      '), growth('h'))),
  View: CodingView,
};

const weightings = { rpn: [1, 1, 1, 1], head: [10, 10, 5, 5] } as const;

function CodingView({ image, compute }: StageProps) {
  const { width, height } = image;
  const [anchor, setAnchor] = useState<BoxCorners>([0.25 * width, 0.25 * height, 0.55 * width, 0.55 * height]);
  const [box, setBox] = useState<BoxCorners>([0.4 * width, 0.3 * height, 0.85 * width, 0.75 * height]);
  const [weighting, setWeighting] = useState<keyof typeof weightings>('rpn');
  const { result, ...status } = useCompute(compute, 'codeBox', { anchor, box, weights: weightings[weighting] }, [anchor, box, weighting]);
  const [[ax, ay, aw, ah], [bx, by, bw, bh]] = [centred(anchor), centred(box)];
  const arrows = (
    <>
      <Arrow from={[ax, ay]} to={[bx, by]} colour={drawnColours.marked} />
      {/* From the anchor's sides, moved to the box's centre, to the box's. */}
      {[-0.5, 0.5].flatMap((way) => [
        <Arrow key={`x${way}`} from={[bx + way * aw, by]} to={[bx + way * bw, by]} colour={drawnColours.kept} />,
        <Arrow key={`y${way}`} from={[bx, by + way * ah]} to={[bx, by + way * bh]} colour={drawnColours.kept} />,
      ])}
    </>
  );
  return (
    <>
      <p>
        A network cannot say where a box is in the image: it sees only what is inside a region. It says how to get there from a box it knows (a proposal, or an anchor):
        by which part of the known box's sides the centre moves, and by what factor the sides grow, as a logarithm, so that half and twice are equally far. The numbers
        are small, and the same for large and small objects. Weights bring them to about unit variance before they are learnt.
      </p>
      <div class="controls">
        <Choice label="Weights" value={weighting} options={[['rpn', '1, 1, 1, 1 (proposal network)'], ['head', '10, 10, 5, 5 (box head)']]} onChange={setWeighting} />
      </div>
      <Figure caption="Yellow: how the centre moves. Green: how the anchor's sides, moved there, grow or shrink. Drag both boxes.">
        <ImageFrame image={image} label="The image with an anchor, a box, and arrows from one to the other" shapes={arrows}>
          <EditableBox name="Anchor" value={anchor} onChange={setAnchor} within={image} colour="var(--series-1)" />
          <EditableBox name="Box" value={box} onChange={setBox} within={image} colour="var(--series-2)" />
        </ImageFrame>
      </Figure>
      <dl class="numbers">
        {(['t_x', 't_y', 't_w', 't_h'] as const).map((each, i) => (
          <div key={each}>
            <dt>{each[0]}<sub>{each[2]}</sub></dt>
            <dd><output data-target={each}>{result === undefined ? '…' : result.deltas[i].toFixed(3)}</output></dd>
          </div>
        ))}
        <div>
          <dt>Decoded again</dt>
          <dd><output data-decoded>{result === undefined ? '…' : Array.from(result.decoded, (value) => value.toFixed(1)).join(', ')}</output></dd>
        </div>
      </dl>
      <Status {...status} busy={false} what="Coding" />
    </>
  );
}

function centred([x1, y1, x2, y2]: BoxCorners): [number, number, number, number] {
  return [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1];
}
