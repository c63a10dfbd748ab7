/** The report's style sheet, light and dark as the reader's system asks. */
export const pageStyle = `
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1c1e21; --faint: #667080; --rule: #d9dee5; --panel: #f5f7f9; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15181c; --ink: #e4e7eb; --faint: #98a2b0; --rule: #333a43; --panel: #1d2127; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
.figures { display: flex; flex-wrap: wrap; gap: .75rem; margin: 0; }
.figures div { background: var(--panel); border: 1px solid var(--rule); border-radius: .5rem; padding: .5rem 1rem; min-width: 7rem; }
.figures dt { color: var(--faint); font-size: .8rem; }
.figures dd { margin: 0; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .9rem .3rem 0; text-align: right; border-bottom: 1px solid var(--rule); }
th { color: var(--faint); font-weight: 600; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
.chart { margin-bottom: 1.5rem; min-width: 0; }
.chart h3 { font-size: .95rem; font-weight: 600; margin: 0 0 .25rem; }
.samples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 1rem; }
figure { margin: 0; }
figure img { width: 100%; height: auto; display: block; border-radius: .25rem; }
figcaption { color: var(--faint); font-size: .85rem; overflow-wrap: anywhere; }
pre { background: var(--panel); border: 1px solid var(--rule); border-radius: .5rem; padding: 1rem; overflow-x: auto; font-size: .85rem; }
.uplot, .u-legend { font-family: inherit; }
.u-legend th, .u-legend td { border: 0; padding: .1rem .3rem; color: var(--ink); }
.u-legend { text-align: left; max-height: 12rem; overflow-y: auto; }
`;
