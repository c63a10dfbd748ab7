import { compute } from '../compute/compute.ts';
import { route } from '../route.ts';
import { shownImage } from '../state/shown-image.ts';
import { stages } from './stages.ts';

/** The second view: the stages, one at a time, on the image of the first. */
export function HowView() {
  const { value } = route;
  const wanted = value.view === 'how' ? value.stage : undefined;
  const stage = stages.find(({ id }) => id === wanted) ?? stages[0];
  const { image } = shownImage.value;
  return (
    <div class="how">
      <nav class="stages" aria-label="Stages">
        <ol>
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
        <div class="formula">{stage.formula}</div>
        <stage.View image={image} compute={compute} />
      </article>
    </div>
  );
}
