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
              return <td key={column} style={{ background: `rgb(${red} ${green} ${blue})`, color: luminance(red, green, blue) > 0.179 ? '#000' : '#fff' }}>{value.toFixed(2)}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Relative luminance (WCAG 2): above 0.179 black has more contrast than white. */
function luminance(...bytes: [red: number, green: number, blue: number]): number {
  const [red, green, blue] = bytes.map((byte) => (byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
