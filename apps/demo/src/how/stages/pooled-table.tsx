import { heatColour } from '../heat-colour.ts';

/** What {@link PooledTable} shows. */
export interface PooledTableProps {
  readonly name: string;
  /** Of n × n bins, row by row. */
  readonly values: Float32Array;
  /** What the darkest and the lightest colour stand for. */
  readonly range: readonly [number, number];
}

/** Pooled values, each in its colour. */
export function PooledTable({ name, values, range: [least, most] }: PooledTableProps) {
  const side = Math.sqrt(values.length);
  const indices = [...Array(side).keys()];
  return (
    <table class="pooled" aria-label={`Values of ${name}`}>
      <tbody>
        {indices.map((row) => (
          <tr key={row}>
            {indices.map((column) => {
              const value = values[row * side + column];
              const [red, green, blue] = heatColour(most > least ? (value - least) / (most - least) : 0);
              const isLight = 0.299 * red + 0.587 * green + 0.114 * blue > 125;
              return <td key={column} style={{ background: `rgb(${red} ${green} ${blue})`, color: isLight ? '#000' : '#fff' }}>{value.toFixed(2)}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
