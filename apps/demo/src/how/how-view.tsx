import type { RgbImage } from '@rcnn/geometry';
import { useEffect, useRef } from 'preact/hooks';
import { compute } from '../compute/compute.ts';
import './how.css';
import { route } from '../route.ts';
import { shownImage } from '../state/shown-image.ts';
import { stages } from './stages.ts';
import { useStageImage } from './use-stage-image.ts';

/** The second view: the stages, one at a time, on the image of the first. */
export function HowView() {
  const { value } = route;
  const wanted = value.view === 'how' ? value.stage : undefined;
  const stage = stages.find(({ id }) => id === wanted) ?? stages[0];
  const shown = shownImage.value;
  const { image, fault } = useStageImage(shown?.image, compute);
  const imageKey = useImageKey(image);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // On a phone the stages lie in a row that scrolls.
    const current = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current && current) list.current.scrollLeft = current.offsetLeft - (list.current.clientWidth - current.offsetWidth) / 2;
  }, [stage.id]);
  return (
    <div class="how">
      <nav class="stages" aria-label="Stages">
        <ol ref={list}>
          {stages.map(({ id, title, system }) => (
            <li key={id}>
              <a href={`#/how/${id}`} aria-current={id === stage.id ? 'step' : undefined}>
                {title}
                <small>{system}</small>
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <article class="stage" key={stage.id}>
        <h1>{stage.title}</h1>
        <p class="paper">{stage.system}: {stage.paper}</p>
        <div class="formula" role="group" aria-label="Formula" tabIndex={0}>{stage.formula}</div>
        {image !== undefined && <stage.View key={imageKey} image={image} compute={compute} />}
        {image === undefined && fault === undefined && <p class="status" role="status">{shown === undefined ? 'Drawing the sample …' : 'Making the image smaller …'}</p>}
        {image === undefined && fault !== undefined && <p class="bad" role="alert">{fault}</p>}
      </article>
    </div>
  );
}

/** A number that changes with the image, so that no stage shows one image's results over another. */
function useImageKey(image: RgbImage | undefined): number {
  const last = useRef<{ readonly image: RgbImage | undefined; readonly key: number }>({ image, key: 0 });
  if (last.current.image !== image) last.current = { image, key: last.current.key + 1 };
  return last.current.key;
}
