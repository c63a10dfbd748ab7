import { useState } from 'preact/hooks';
import { EditableBox, type BoxCorners } from '../../parts/editable-box.tsx';
import { Figure } from '../../parts/figure.tsx';
import { ImageFrame } from '../../parts/image-frame.tsx';
import { useCompute } from '../../parts/use-compute.ts';
import type { Stage, StageProps } from '../stage.ts';

/** IoU of two boxes that are dragged by hand. */
export const boxOverlapStage: Stage = {
  id: 'iou',
  title: 'Overlap of two boxes',
  system: 'R-CNN',
  paper: 'Girshick et al. 2014, §2.3',
  formula: (
    <math display="block">
      <mrow>
        <mi>IoU</mi><mo>(</mo><mi>A</mi><mo>,</mo><mi>B</mi><mo>)</mo><mo>=</mo>
        <mfrac>
          <mrow><mo>|</mo><mi>A</mi><mo>∩</mo><mi>B</mi><mo>|</mo></mrow>
          <mrow><mo>|</mo><mi>A</mi><mo>∪</mo><mi>B</mi><mo>|</mo></mrow>
        </mfrac>
      </mrow>
    </math>
  ),
  View: BoxOverlapView,
};

function BoxOverlapView({ image, compute }: StageProps) {
  const { width, height } = image;
  const [first, setFirst] = useState<BoxCorners>([0.2 * width, 0.2 * height, 0.6 * width, 0.65 * height]);
  const [second, setSecond] = useState<BoxCorners>([0.35 * width, 0.35 * height, 0.8 * width, 0.8 * height]);
  const { result } = useCompute(compute, 'boxOverlap', { first, second }, [first, second]);
  return (
    <>
      <p>
        How well two boxes agree is the area they share over the area they cover together: 1 for the same box, 0 for boxes apart. It decides
        which proposals count as objects in training, which detections suppress each other, and which count as found when a detector is scored.
      </p>
      <Figure caption={<>IoU = <output>{result === undefined ? '…' : result.toFixed(3)}</output>. Drag the boxes or their corners; with the keyboard, arrows move and Shift with arrows resizes.</>}>
        <ImageFrame image={image} label="The image with two boxes">
          <EditableBox name="Box A" value={first} onChange={setFirst} within={image} colour="var(--series-1)" />
          <EditableBox name="Box B" value={second} onChange={setSecond} within={image} colour="var(--series-2)" />
        </ImageFrame>
      </Figure>
    </>
  );
}
