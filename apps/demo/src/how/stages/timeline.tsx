import { useState } from 'preact/hooks';
import { formulas, name, row, sign, sub, words } from '../../parts/math.tsx';
import { Status } from '../../parts/status.tsx';
import { useCompute } from '../../parts/use-compute.ts';
import type { Stage, StageProps } from '../stage.ts';
import { systemCosts } from '../system-costs.ts';
import { CostTable } from './cost-table.tsx';

/** The five systems, what each shares and what each costs on this machine. */
export const timelineStage: Stage = {
  id: 'timeline',
  title: 'Five systems, what they cost',
  system: 'Mask R-CNN',
  paper: 'times of the papers: Girshick 2015, table 4; Ren et al. 2015, table 5; He et al. 2017, figure 5',
  formula: formulas(
    row(words('R-CNN: '), sub('T', 'search'), sign('+'), name('R'), sign('·'), sub('T', 'conv')),
    row(words('Fast R-CNN: '), sub('T', 'search'), sign('+'), sub('T', 'conv'), sign('+'), name('R'), sign('·'), sub('T', 'head')),
    row(words('Faster R-CNN: '), sub('T', 'conv'), sign('+'), sub('T', 'rpn'), sign('+'), name('R′'), sign('·'), sub('T', 'head')),
  ),
  View: TimelineView,
};

function TimelineView({ image, compute }: StageProps) {
  const [run, setRun] = useState(0);
  const { result, ...status } = useCompute(compute, 'measuredSystems', { image }, [image, run]);
  return (
    <>
      <p>
        The line from R-CNN to Mask R-CNN is one of sharing. R-CNN runs its network on each of some 2000 regions. SPPnet and Fast R-CNN run the convolutions once and pool from their map,
        and then the search for regions takes longest. Faster R-CNN lets the same map propose them. Mask R-CNN adds a head, and pays for that alone.
      </p>
      <p>
        Measured on this machine, on this image, with this page's small network for all five, so that the only difference is what runs how often; medians of five runs, selective search once.
        Convolutions of single regions were run for {result?.convolved ?? 'a few'} of them, as crops of the size that the network is trained on, and multiplied (marked ≈). What classifies R-CNN's and SPPnet's features is not counted. This
        network is tiny: with VGG-16, some hundred times the work for each region, R-CNN's convolutions would take nearly all of the time, as the papers' figures say.
      </p>
      <div class="keys">
        <button type="button" class="plain" disabled={status.busy} onClick={() => setRun(run + 1)}>Measure again</button>
        {result && <span class="quiet">engine: {result.engine}</span>}
      </div>
      <Status {...status} what="Measuring" />
      {result && <CostTable costs={systemCosts(result)} />}
    </>
  );
}
