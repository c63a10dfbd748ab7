import { busy } from '../state/busy.ts';
import { detectAgain } from '../state/detection.ts';
import type { FoundObjects } from '../worker/tasks/detect-objects.ts';
import { classColour } from './class-colour.ts';

/** So many are listed; the picture shows all. */
const LISTED = 12;

/** The objects by name, the most certain first. */
export function FoundList({ found, minScore }: { readonly found: FoundObjects | undefined; readonly minScore: number }) {
  const indices = found === undefined ? [] : [...found.scores.keys()].filter((i) => found.scores[i] >= minScore);
  return (
    <section class="panel" aria-labelledby="found-title">
      <h2 id="found-title">{found === undefined ? (busy.value === undefined ? 'Not looked at' : 'Looking…') : `${indices.length} ${indices.length === 1 ? 'object' : 'objects'}`}</h2>
      {found === undefined && busy.value === undefined && <p><button type="button" class="plain" onClick={() => void detectAgain()}>Look again</button></p>}
      {found !== undefined && (
        <ol class="found">
          {indices.slice(0, LISTED).map((i) => (
            <li key={i}>
              <i style={{ background: classColour(found.labels[i]).fill }} aria-hidden="true" />
              <span>{found.model.classes[found.labels[i] - 1] ?? `class ${found.labels[i]}`}</span>
              <output>{found.scores[i].toFixed(3)}</output>
            </li>
          ))}
        </ol>
      )}
      {indices.length > LISTED && <p class="quiet">and {indices.length - LISTED} more</p>}
    </section>
  );
}
