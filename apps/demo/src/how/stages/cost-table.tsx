import type { CostPart, SystemCost } from '../system-costs.ts';

/** What each system costs: bars to one scale, and the parts in numbers. */
export function CostTable({ costs }: { readonly costs: readonly SystemCost[] }) {
  const most = Math.max(...costs.map(({ total }) => total));
  return (
    <>
      <p class="legend" aria-hidden="true">
        <span><i class="proposals" /> proposals</span> <span><i class="convolutions" /> convolutions</span> <span><i class="regions" /> region by region</span>
      </p>
      <ol class="costs">
        {costs.map(({ system, year, shares, parts, total, published }) => (
          <li key={system}>
            <h2>{system} <small>{year}</small></h2>
            <p>Shares {shares}.</p>
            <div class="bar" aria-hidden="true">
              {parts.map(({ kind, title, milliseconds }) => <i key={title} class={kind} style={{ width: `${(100 * milliseconds) / most}%` }} />)}
            </div>
            <table>
              <caption class="quiet">{published}</caption>
              <tbody>
                {parts.map((part) => <tr key={part.title}><th scope="row">{part.title}</th><td>{milliseconds(part)}</td></tr>)}
                <tr class="total"><th scope="row">in all</th><td><output data-total={system}>{format(total)}</output></td></tr>
              </tbody>
            </table>
          </li>
        ))}
      </ol>
    </>
  );
}

function milliseconds({ milliseconds: value, extrapolated }: CostPart): string {
  return extrapolated === true ? `≈ ${format(value)}` : format(value);
}

function format(value: number): string {
  return value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}
