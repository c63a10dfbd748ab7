import type { ShownImage } from '../state/shown-image.ts';
import type { FoundObjects } from '../worker/tasks/detect-objects.ts';

/** How long each part took: of the detection as bars, of what came before it in numbers. */
export function Times({ shown, found: { times, preparedMs } }: { readonly shown: ShownImage; readonly found: FoundObjects }) {
  const longest = Math.max(...times.map(({ ms }) => ms));
  const total = times.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <section class="panel" aria-labelledby="times-title">
      <h2 id="times-title">Time</h2>
      <table class="times">
        <tbody>
          {times.map(({ part, ms }) => (
            <tr key={part}>
              <th scope="row">{part}</th>
              <td class="time-bar" aria-hidden="true"><i style={{ width: `${(100 * ms) / longest}%` }} /></td>
              <td>{milliseconds(ms)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>in all</th>
            <td>{milliseconds(total)}</td>
          </tr>
        </tfoot>
      </table>
      <p class="quiet">
        Before: decoding {milliseconds(shown.decodeMs)}{preparedMs >= 1 && `, engine and model ${milliseconds(preparedMs)}`}. The first detection on an engine is slower than the next ones.
      </p>
    </section>
  );
}

function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
