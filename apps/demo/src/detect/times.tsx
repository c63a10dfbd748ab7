import type { ShownImage } from '../state/shown-image.ts';
import type { FoundObjects } from '../worker/tasks/detect-objects.ts';

/** How long each part took. */
export function Times({ shown, found }: { readonly shown: ShownImage; readonly found: FoundObjects }) {
  const times = [{ part: 'decoding', ms: shown.decodeMs }, ...found.times];
  const longest = Math.max(...times.map(({ ms }) => ms));
  return (
    <section class="panel" aria-labelledby="times-title">
      <h2 id="times-title">Time</h2>
      <table class="times">
        <tbody>
          {times.map(({ part, ms }) => (
            <tr key={part}>
              <th scope="row">{part}</th>
              <td class="bar" aria-hidden="true"><i style={{ width: `${(100 * ms) / longest}%` }} /></td>
              <td>{ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">The first detection on an engine also prepares it; the next ones are faster.</p>
    </section>
  );
}
