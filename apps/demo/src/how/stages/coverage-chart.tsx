/** What {@link CoverageChart} shows. */
export interface CoverageChartProps {
  /** The best IoU among the first 1, 2, 3 … proposals. */
  readonly best: Float32Array;
  /** How many are looked at. */
  readonly top: number;
}

const [width, height, left, bottom] = [480, 170, 36, 26];

/** Coverage over the number of proposals, which is on a logarithmic axis. */
export function CoverageChart({ best, top }: CoverageChartProps) {
  const decades = Math.max(1, Math.log10(best.length));
  const x = (count: number): number => left + ((width - left - 8) * Math.log10(count)) / decades;
  const y = (iou: number): number => height - bottom - (height - bottom - 8) * iou;
  // Only where the curve steps up: a few points rather than thousands.
  const steps = [...best.keys()].filter((i) => i === 0 || best[i] > best[i - 1]);
  const path = steps.map((i, at) => `${at === 0 ? `M${x(1)}` : `H${x(i + 1)}`}${at === 0 ? ` ${y(best[i])}` : `V${y(best[i])}`}`).join('');
  return (
    <figure>
      <svg class="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Coverage over the number of proposals: ${best[top - 1].toFixed(2)} at ${top}, ${best[best.length - 1].toFixed(2)} with all ${best.length}`}>
        {[0, 0.5, 1].map((iou) => (
          <g key={iou}>
            <line class="grid" x1={left} x2={width - 8} y1={y(iou)} y2={y(iou)} />
            <text x={left - 6} y={y(iou) + 4} text-anchor="end">{iou}</text>
          </g>
        ))}
        {[1, 10, 100, 1000].filter((count) => count <= best.length).map((count) => <text key={count} x={x(count)} y={height - 8} text-anchor="middle">{count}</text>)}
        <line class="mark" x1={x(top)} x2={x(top)} y1={y(0)} y2={y(1)} />
        <path class="curve" d={`${path}H${x(best.length)}`} />
        <circle class="dot" cx={x(top)} cy={y(best[top - 1])} r={4} />
      </svg>
      <figcaption>Best IoU with the object among the first N proposals, N on a logarithmic axis.</figcaption>
    </figure>
  );
}
