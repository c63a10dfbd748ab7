import { useMemo, useState } from 'preact/hooks';
import { ImageFrame } from '../parts/image-frame.tsx';
import { Slider } from '../parts/slider.tsx';
import { detection } from '../state/detection.ts';
import { shownImage, type ShownImage } from '../state/shown-image.ts';
import type { FoundObjects } from '../worker/tasks/detect-objects.ts';
import { EngineSwitch } from './engine-switch.tsx';
import { FoundList } from './found-list.tsx';
import { FoundShapes } from './found-shapes.tsx';
import { FoundTags } from './found-tags.tsx';
import { ImageSources } from './image-sources.tsx';
import { ModelChoice } from './model-choice.tsx';
import { SaveJson } from './save-json.tsx';
import { Times } from './times.tsx';
import { WorkStatus } from './work-status.tsx';

/** The first view: an image and the objects in it. */
export function DetectView() {
  const [minScore, setMinScore] = useState(0.5);
  const shown = shownImage.value;
  const found = detection.value?.of === shown ? detection.value?.found : undefined;
  return (
    <div class="detect">
      <h1>Detect</h1>
      <p class="lead">
        The packages find the objects in an image here, in this browser: nothing is sent anywhere. The model that comes with the page knows
        three shapes; your own can be opened from disk.
      </p>
      <ImageSources />
      <WorkStatus />
      <div class="columns">
        <div class="picture">
          {shown !== undefined && <Picture shown={shown} found={found} minScore={minScore} />}
          <Slider label="Least score" min={0.05} max={0.95} step={0.05} value={minScore} onChange={setMinScore} format={(value) => value.toFixed(2)} />
        </div>
        <div class="results">
          <FoundList found={found} minScore={minScore} />
          {shown !== undefined && found !== undefined && <SaveJson shown={shown} found={found} minScore={minScore} />}
          <ModelChoice found={found} />
          <EngineSwitch found={found} />
          {shown !== undefined && found !== undefined && <Times shown={shown} found={found} />}
        </div>
      </div>
    </div>
  );
}

function Picture({ shown, found, minScore }: { readonly shown: ShownImage; readonly found: FoundObjects | undefined; readonly minScore: number }) {
  const { image, name, original } = shown;
  const size = useMemo(() => {
    const own = `${original.width} × ${original.height}`;
    return original.width === image.width ? own : `${own}, computed on ${image.width} × ${image.height}`;
  }, [image, original]);
  return (
    <>
      <ImageFrame image={image} label={`${name} with the objects found in it`} shapes={found && <FoundShapes found={found} minScore={minScore} />}>
        {found && <FoundTags found={found} minScore={minScore} />}
      </ImageFrame>
      <p class="quiet file">{name}: {size}</p>
    </>
  );
}
