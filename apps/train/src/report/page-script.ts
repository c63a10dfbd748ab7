/**
 * What the page runs: draws the charts of the JSON in `#charts` with uPlot, each in the element whose `data-chart` is its
 * number, and again when the colour scheme changes. Plain JavaScript for browsers.
 */
export const pageScript = `
(() => {
  const charts = JSON.parse(document.getElementById('charts').textContent);
  const colours = ['#e6194b', '#3cb44b', '#4c78d8', '#f58231', '#a75fc9', '#2aa8c4', '#e056c8', '#b59f00', '#469990', '#9a6324'];
  const holders = [...document.querySelectorAll('[data-chart]')];
  const drawn = new Map();
  const draw = (holder) => {
    const { xLabel, x, series, yRange } = charts[Number(holder.dataset.chart)];
    const style = getComputedStyle(document.documentElement);
    const axis = { stroke: style.getPropertyValue('--faint'), grid: { stroke: style.getPropertyValue('--rule'), width: 1 }, ticks: { stroke: style.getPropertyValue('--rule'), width: 1 } };
    const show = (value) => (value == null ? '–' : String(Number(value.toPrecision(4))));
    drawn.get(holder)?.destroy();
    drawn.set(holder, new uPlot({
      width: holder.clientWidth,
      height: 320,
      scales: { x: { time: false }, y: yRange ? { range: yRange } : {} },
      axes: [{ ...axis, label: xLabel, labelSize: 24 }, { ...axis, size: 64, values: (_, splits) => splits.map(show) }],
      series: [
        { label: xLabel, value: (_, value) => show(value) },
        ...series.map(({ label }, i) => ({
          label, stroke: colours[i % colours.length], width: series.length > 1 && label === 'total' ? 2.5 : 1.5,
          dash: i < colours.length ? undefined : [6, 3], points: { show: x.length < 3 }, value: (_, value) => show(value),
        })),
      ],
    }, [x, ...series.map(({ values }) => values)], holder));
  };
  holders.forEach(draw);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => holders.forEach(draw));
  addEventListener('resize', () => holders.forEach((holder) => drawn.get(holder).setSize({ width: holder.clientWidth, height: 320 })));
})();
`;
