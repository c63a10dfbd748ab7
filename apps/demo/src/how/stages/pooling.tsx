import { useMemo, useState } from 'preact/hooks';
import { Check } from '../../parts/check.tsx';
import { Choice } from '../../parts/choice.tsx';
import { EditableBox, type BoxCorners } from '../../parts/editable-box.tsx';
import { Figure } from '../../parts/figure.tsx';
import { ImageFrame } from '../../parts/image-frame.tsx';
import { formulas, name, row, sign, words } from '../../parts/math.tsx';
import { Slider } from '../../parts/slider.tsx';
import { Status } from '../../parts/status.tsx';
import { useCompute } from '../../parts/use-compute.ts';
import { useDrawnBox } from '../../parts/use-drawn-box.ts';
import { AlignSamples } from '../align-samples.tsx';
import { heatMap, rangeOf } from '../heat-map.ts';
import { PoolBins } from '../pool-bins.tsx';
import type { Stage, StageProps } from '../stage.ts';
import { PooledTable } from './pooled-table.tsx';

/** RoIPool beside RoIAlign on a real map. */
export const poolingStage: Stage = {
  id: 'pooling',
  title: 'RoIPool and RoIAlign',
  system: 'Mask R-CNN',
  paper: 'RoIPool: Girshick 2015, §2.1, bins as in He et al. 2014 (SPPnet); RoIAlign: He et al. 2017, §3 and figure 3',
  formula: formulas(
    row(words('RoIPool: '), sign('⌊'), name('i'), name('w'), sign('/'), name('n'), sign('⌋'), sign('…'), sign('⌈'), sign('('), name('i'), sign('+'), name('1'), sign(')'), name('w'), sign('/'), name('n'), sign('⌉'), words(', maximum')),
    row(words('RoIAlign: '), name('i'), name('w'), sign('/'), name('n'), sign('…'), sign('('), name('i'), sign('+'), name('1'), sign(')'), name('w'), sign('/'), name('n'), words(', mean')),
  ),
  View: PoolingView,
};

function PoolingView({ image, compute }: StageProps) {
  const { width, height } = image;
  const [box, setBox] = useState<BoxCorners>([0.27 * width, 0.38 * height, 0.69 * width, 0.85 * height]);
  const [level, setLevel] = useState('1');
  const [wantedChannel, setChannel] = useState(0);
  const [bins, setBins] = useState(3);
  const [samples, setSamples] = useState(2);
  const [aligned, setAligned] = useState(true);
  const drawn = useDrawnBox(setBox, image);
  const { result: features, ...status } = useCompute(compute, 'featureMaps', { image }, [image]);

  const map = useMemo(() => {
    const from = features?.maps[Number(level)];
    if (features === undefined || from === undefined) return undefined;
    const channel = Math.min(wantedChannel, from.channels - 1);
    const values = Float32Array.from({ length: from.width * from.height }, (_, i) => from.data[i * from.channels + channel]);
    const range = rangeOf(values);
    return { ...from, channel, values, range, picture: heatMap(values, from.width, from.height, range), scale: [features.size.width / width, features.size.height / height] as const };
  }, [features, level, wantedChannel, width, height]);
  const input = map && {
    map: map.values, width: map.width, height: map.height, spatialScale: 1 / map.stride, bins, samplingRatio: samples, aligned,
    box: [box[0] * map.scale[0], box[1] * map.scale[1], box[2] * map.scale[0], box[3] * map.scale[1]],
  };
  const { result: pooled, error } = useCompute(compute, 'poolRegion', input, [map, box, bins, samples, aligned]);
  const region = input && input.box.map((value) => value * input.spatialScale);

  return (
    <>
      <p>
        Every region must become the same number of features, whatever its size. RoIPool rounds the region to whole pixels of the map, and its bins to whole pixels again, and takes the
        maximum of each bin: on a map of stride {map?.stride ?? '…'} one pixel is {map?.stride ?? '…'} pixels of the network's input, so the features are not where the region is. A class hardly minds; a mask does.
        RoIAlign rounds nothing: it reads the map between its pixels, at a few evenly spaced points of each bin, and takes their mean.
      </p>
      <div class="controls">
        <Choice label="Map" value={level} options={(features?.maps ?? []).map((each, i) => [String(i), `stride ${each.stride}: ${each.width} × ${each.height}`] as const)} onChange={setLevel} />
        <Check label="Pixel centres at halves" value={aligned} onChange={setAligned} />
      </div>
      <Slider label="Channel" value={map?.channel ?? 0} min={0} max={(map?.channels ?? 1) - 1} step={1} onChange={setChannel} />
      <Slider label="Bins a side" value={bins} min={1} max={7} step={1} onChange={setBins} />
      <Slider label="Samples a bin, a side" value={samples} min={1} max={4} step={1} onChange={setSamples} />
      <div class="side-by-side">
        <Figure caption="The region on the image: drag it, draw a new one, or use arrows, and see when RoIPool's bins jump.">
          <ImageFrame image={image} label="The image with the region" {...drawn}>
            <EditableBox name="Region" value={box} onChange={setBox} within={image} colour="var(--series-2)" />
          </ImageFrame>
        </Figure>
        {map && pooled && region && pooled.pooled.length === bins * bins && (
          <Figure caption="RoIPool: dashed, the region; solid, the whole pixels that each bin takes.">
            <ImageFrame image={map.picture} label="The map with RoIPool's bins" pixelated shapes={<PoolBins region={region} bins={pooled} />} />
            <PooledTable name="RoIPool" values={pooled.pooled} range={map.range} />
          </Figure>
        )}
        {map && pooled && region && pooled.pooled.length === bins * bins && (
          <Figure caption="RoIAlign: the bins as they are; dots, where the map is read between pixels.">
            <ImageFrame image={map.picture} label="The map with RoIAlign's samples" pixelated shapes={<AlignSamples region={region} bins={bins} samples={pooled} aligned={aligned} />} />
            <PooledTable name="RoIAlign" values={pooled.aligned} range={map.range} />
          </Figure>
        )}
      </div>
      <Status {...status} error={status.error ?? error} what="Computing feature maps" />
    </>
  );
}
