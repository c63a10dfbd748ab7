import { useState } from 'preact/hooks';
import { Choice } from '../../parts/choice.tsx';
import { EditableBox, type BoxCorners } from '../../parts/editable-box.tsx';
import { Figure } from '../../parts/figure.tsx';
import { ImageFrame } from '../../parts/image-frame.tsx';
import { formula, fraction, name, number, row, sign } from '../../parts/math.tsx';
import { Slider } from '../../parts/slider.tsx';
import { Status } from '../../parts/status.tsx';
import { useCompute } from '../../parts/use-compute.ts';
import { useDrawnBox } from '../../parts/use-drawn-box.ts';
import type { Stage, StageProps } from '../stage.ts';

const size = 227;

/** R-CNN's crop of a region, warped to the network's input with its context. */
export const warpingStage: Stage = {
  id: 'warp',
  title: 'The warped region',
  system: 'R-CNN',
  paper: 'Girshick et al. 2014, §2.1 and appendix A',
  formula: formula(
    name('scale'), sign('='), fraction(row(number(String(size)), sign('−'), number('2'), name('p')), name('w')), sign('×'), fraction(row(number(String(size)), sign('−'), number('2'), name('p')), name('h')),
  ),
  View: WarpingView,
};

function WarpingView({ image, compute }: StageProps) {
  const { width, height } = image;
  const [box, setBox] = useState<BoxCorners>([0.25 * width, 0.3 * height, 0.65 * width, 0.6 * height]);
  const [padding, setPadding] = useState(16);
  const [mode, setMode] = useState<'warp' | 'square' | 'square-without-context'>('warp');
  const drawn = useDrawnBox(setBox, image);
  const { result, ...status } = useCompute(compute, 'warp', { image, box, size, padding, mode }, [image, box, padding, mode]);
  const [x1, y1, x2, y2] = box;
  const inner = size - 2 * padding;
  return (
    <>
      <p>
        R-CNN's network takes images of {size} × {size} pixels and nothing else. So each region is stretched to that size, whatever its shape, and its box is
        first made larger by just so much that, after stretching, <i>p</i> pixels around the region show what lies around it. Where that is outside the image,
        the crop has the mean colour, which becomes 0 when the mean is taken off. The other ways keep the region's shape inside the tightest square, with what lies around it or without.
      </p>
      <div class="controls">
        <Choice
          label="Shape"
          value={mode}
          options={[['warp', 'warp (the paper’s choice)'], ['square', 'tightest square with context'], ['square-without-context', 'tightest square without context']]}
          onChange={setMode}
        />
      </div>
      <Slider label="Padding p" value={padding} min={0} max={48} step={1} onChange={setPadding} format={(value) => `${value} px`} />
      <div class="side-by-side">
        <Figure caption={<>The region: {Math.round(x2 - x1)} × {Math.round(y2 - y1)} pixels. Drag it, draw a new one, or use arrows.</>}>
          <ImageFrame image={image} label="The image with the region" {...drawn}>
            <EditableBox name="Region" value={box} onChange={setBox} within={image} colour="var(--series-1)" />
          </ImageFrame>
        </Figure>
        <Figure
          caption={(
            <>
              The crop: <output data-inner>{inner}</output> of {size} pixels show the region{mode === 'warp' && <>, scaled ×<output data-scale>{(inner / (x2 - x1)).toFixed(2)}</output> across and ×{(inner / (y2 - y1)).toFixed(2)} down</>}.
            </>
          )}
        >
          {result && (
            <ImageFrame
              image={result}
              label="The crop that the network is given"
              shapes={padding > 0 && <rect x={padding} y={padding} width={inner} height={inner} stroke="#fffc" stroke-width="1.5" stroke-dasharray="4 4" />}
            />
          )}
        </Figure>
      </div>
      <Status {...status} what="Warping" />
    </>
  );
}
