import { useMemo, useState } from 'preact/hooks';
import { BoxOutlines } from '../../parts/box-outlines.tsx';
import { Choice } from '../../parts/choice.tsx';
import { drawnColours } from '../../parts/drawn-colours.ts';
import { EditableBox, type BoxCorners } from '../../parts/editable-box.tsx';
import { Figure } from '../../parts/figure.tsx';
import { ImageFrame } from '../../parts/image-frame.tsx';
import { formulas, name, number, row, sign, sub, under, words } from '../../parts/math.tsx';
import { Slider } from '../../parts/slider.tsx';
import { Status } from '../../parts/status.tsx';
import { useCompute } from '../../parts/use-compute.ts';
import { useDrawnBox } from '../../parts/use-drawn-box.ts';
import type { Stage, StageProps } from '../stage.ts';
import { CoverageChart } from './coverage-chart.tsx';

/** Selective search's ranking, and how well its first N boxes cover a box that is drawn. */
export const proposalsStage: Stage = {
  id: 'proposals',
  title: 'Ranked proposals',
  system: 'R-CNN',
  paper: 'Uijlings et al. 2013, §4 (ranking), §5 (coverage); Girshick et al. 2014, §2.1: about 2000 boxes an image',
  formula: formulas(row(
    name('coverage'), sign('('), name('G'), sign(','), name('N'), sign(')'), sign('='),
    under(sign('max'), row(name('n'), sign('≤'), name('N'))), name('IoU'), sign('('), name('G'), sign(','), sub('P', 'n'), sign(')'),
  ), row(words('found if coverage '), sign('≥'), number('0.5'))),
  View: ProposalsView,
};

function ProposalsView({ image, compute }: StageProps) {
  const { width, height } = image;
  const [mode, setMode] = useState<'fast' | 'single'>('fast');
  const [exponent, setExponent] = useState(2);
  const [object, setObject] = useState<BoxCorners>([0.3 * width, 0.25 * height, 0.7 * width, 0.75 * height]);
  const drawn = useDrawnBox(setObject, image);
  const { result: found, ...status } = useCompute(compute, 'proposeRegions', { image, mode }, [image, mode]);
  const { result: coverage } = useCompute(compute, 'cover', found && { proposals: found.boxes, object }, [found, object]);

  const total = found === undefined ? 0 : found.boxes.length / 4;
  const top = Math.min(total, Math.round(10 ** exponent));
  const isCurrent = coverage !== undefined && coverage.best.length === total && top > 0;
  const first = useMemo(
    () => found && <BoxOutlines boxes={found.boxes} which={[...Array(top).keys()]} colour={drawnColours.proposal} width={1} edged={top <= 30} opacity={Math.max(0.25, 1 - top / 400)} />,
    [found, top],
  );

  return (
    <>
      <p>
        The regions of several hierarchies, grouped in different colours and by different measures, are put into one order, and boxes that occur twice are left out.
        A region gets a random number times how early it was merged, so that large and small ones mix and the first few hundred boxes already cover much.
        A detector sees nothing but these boxes: an object that none of them covers is lost, whatever the network.
      </p>
      <div class="controls">
        <Choice label="Mode" value={mode} options={[['fast', 'fast: 12 hierarchies, as R-CNN'], ['single', 'single: one hierarchy']]} onChange={setMode} />
      </div>
      <Slider label="First N" value={exponent} min={0} max={3.5} step={0.05} onChange={setExponent} format={(value) => String(total === 0 ? Math.round(10 ** value) : Math.min(total, Math.round(10 ** value)))} />
      <Figure
        caption={found && (
          <>
            <output data-total>{total}</output> boxes in {Math.round(found.milliseconds)} ms. Of the first <output data-top>{top}</output>,{' '}
            {isCurrent
              ? <>no. {coverage.which[top - 1] + 1} covers the object best, IoU <output data-coverage>{coverage.best[top - 1].toFixed(3)}</output>: {coverage.best[top - 1] >= 0.5 ? 'found' : 'not found'}. Drag the object onto something, or draw a new one.</>
              : '…'}
          </>
        )}
      >
        <ImageFrame image={image} label="The image with the first proposals" {...drawn} shapes={(
          <>
            {first}
            {found && isCurrent && <BoxOutlines boxes={found.boxes} which={[coverage.which[top - 1]]} colour={drawnColours.kept} width={3} />}
          </>
        )}>
          <EditableBox name="Object" value={object} onChange={setObject} within={image} colour="var(--series-2)" />
        </ImageFrame>
      </Figure>
      <Status {...status} what="Selective search" />
      {isCurrent && <CoverageChart best={coverage.best} top={top} />}
    </>
  );
}
