import { takeBoxes, type Boxes } from '@rcnn/geometry';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { BoxOutlines } from '../../parts/box-outlines.tsx';
import { Choice } from '../../parts/choice.tsx';
import { drawnColours } from '../../parts/drawn-colours.ts';
import { Figure } from '../../parts/figure.tsx';
import { ImageFrame } from '../../parts/image-frame.tsx';
import { formula, name, row, sign, sub, under, words } from '../../parts/math.tsx';
import { Slider } from '../../parts/slider.tsx';
import { Status } from '../../parts/status.tsx';
import { useCompute } from '../../parts/use-compute.ts';
import type { SuppressionKind } from '../../worker/tasks/suppress.ts';
import type { Stage, StageProps } from '../stage.ts';
import { SuppressionSteps } from './suppression-steps.tsx';

/** Non-maximum suppression, a step at a time. */
export const suppressionStage: Stage = {
  id: 'nms',
  title: 'Non-maximum suppression',
  system: 'R-CNN',
  paper: 'Girshick et al. 2014, §2.2; in the proposal network: Ren et al. 2015, §3.3; scores lowered instead: Bodla et al. 2017, §3',
  formula: formula(
    words('keep '), sub('b', 'i'), words(' if '), under(sign('max'), row(sub('b', 'j'), words(' kept, '), sub('s', 'j'), sign('>'), sub('s', 'i'))),
    name('IoU'), sign('('), sub('b', 'i'), sign(','), sub('b', 'j'), sign(')'), sign('≤'), name('t'),
  ),
  View: SuppressionView,
};

/** Boxes to begin with, at most. */
const most = 60;
/** Milliseconds of a step when it plays. */
const pace = 900;

interface Source {
  readonly title: string;
  readonly boxes: Boxes;
  readonly scores: Float32Array;
}

function SuppressionView({ image, compute }: StageProps) {
  const [chosen, setChosen] = useState<string>();
  const [kind, setKind] = useState<SuppressionKind>('nms');
  const [threshold, setThreshold] = useState(0.5);
  const [step, setStep] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const { result: found, ...status } = useCompute(compute, 'unsuppressedDetections', { image }, [image]);
  const { result: proposed } = useCompute(compute, 'networkProposals', { image }, [image]);

  const sources = useMemo(() => {
    const all = new Map<string, Source>();
    found?.classes.forEach((label, i) => {
      const own = [...found.labels.keys()].filter((at) => found.labels[at] === i + 1);
      if (own.length > 0) all.set(label, source(`detected as ${label}`, found.boxes, found.scores, own));
    });
    if (proposed) all.set('proposals', source('region proposals', proposed.all.boxes, proposed.all.scores, [...proposed.all.scores.keys()]));
    return all;
  }, [found, proposed]);
  const richest = [...sources].sort(([, a], [, b]) => b.scores.length - a.scores.length).find(([key]) => key !== 'proposals')?.[0] ?? 'proposals';
  const key = chosen !== undefined && sources.has(chosen) ? chosen : richest;
  const boxes = sources.get(key);
  const { result: steps } = useCompute(compute, 'suppress', boxes && { boxes: boxes.boxes, scores: boxes.scores, kind, threshold }, [boxes, kind, threshold]);

  const last = steps?.length ?? 0;
  useEffect(() => {
    setStep(0);
    setPlaying(false);
  }, [key, kind]);
  const at = Math.min(step, last);
  useEffect(() => {
    if (!isPlaying) return undefined;
    if (at >= last) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => setStep(at + 1), pace);
    return () => clearTimeout(timer);
  }, [isPlaying, at, last]);

  const shapes = useMemo(() => {
    if (boxes === undefined || steps === undefined || steps.some(({ scores }) => scores.length !== boxes.scores.length)) return undefined;
    const kept = steps.slice(0, at).map((each) => each.kept);
    const current = at > 0 ? steps[at - 1] : undefined;
    const scores = current?.scores ?? boxes.scores;
    const waiting = [...scores.keys()].filter((i) => scores[i] > 0 && !kept.includes(i)).reverse();
    return (
      <>
        {waiting.map((i) => <BoxOutlines key={i} boxes={boxes.boxes} which={[i]} colour={drawnColours.waiting} width={1} edged={false} opacity={0.3 + 0.7 * scores[i]} />)}
        <BoxOutlines boxes={boxes.boxes} which={current?.left.map(({ index }) => index) ?? []} colour={drawnColours.dropped} dashed />
        <BoxOutlines boxes={boxes.boxes} which={kept.slice(0, -1)} colour={drawnColours.kept} width={3} />
        <BoxOutlines boxes={boxes.boxes} which={kept.slice(-1)} colour={drawnColours.marked} width={3} />
      </>
    );
  }, [boxes, steps, at]);

  return (
    <>
      <p>
        A detector finds the same object many times, from many regions. The box with the highest score is kept, and all that overlap it by more than <i>t</i> leave; then the best of
        those that remain is kept, and so on. A low threshold loses objects that stand close together, a high one finds the same object twice. Soft-NMS lets none leave at once: it lowers
        scores, the more the greater the overlap. Each class is dealt with on its own.
      </p>
      <div class="controls">
        <Choice label="Boxes" value={key} options={[...sources].map(([each, { title, scores }]) => [each, `${title} (${scores.length})`] as const)} onChange={setChosen} />
        <Choice label="Way" value={kind} options={[['nms', 'NMS: they leave'], ['linear', 'Soft-NMS, linear'], ['gaussian', 'Soft-NMS, Gaussian (σ = 0.5)']]} onChange={setKind} />
      </div>
      {kind !== 'gaussian' && <Slider label="Threshold t" value={threshold} min={0} max={1} step={0.05} onChange={setThreshold} format={(value) => value.toFixed(2)} />}
      <div class="keys">
        <button type="button" class="plain" disabled={last === 0} onClick={() => { if (at >= last) setStep(0); setPlaying(!isPlaying); }}>{isPlaying ? 'Pause' : 'Play'}</button>
        <button type="button" class="plain" disabled={at >= last} onClick={() => { setPlaying(false); setStep(at + 1); }}>Step</button>
        <button type="button" class="plain" disabled={at >= last} onClick={() => { setPlaying(false); setStep(last); }}>To the end</button>
        <button type="button" class="plain" disabled={at === 0} onClick={() => { setPlaying(false); setStep(0); }}>Reset</button>
        <span>Step <output data-step>{at}</output> of <output data-steps>{last}</output></span>
      </div>
      <Figure caption="Yellow: kept in this step. Green: kept before. Red, dashed: leaves because of this step. White: still waiting, the fainter the lower its score.">
        <ImageFrame image={image} label="The image with boxes kept, leaving and waiting" shapes={shapes} />
      </Figure>
      <Status {...status} what="Detecting without suppression" />
      {steps && <SuppressionSteps steps={steps.slice(0, at)} />}
    </>
  );
}

function source(title: string, boxes: Boxes, scores: Float32Array, own: readonly number[]): Source {
  const best = own.slice(0, most);
  return { title, boxes: takeBoxes(boxes, best), scores: Float32Array.from(best, (i) => scores[i]) };
}
