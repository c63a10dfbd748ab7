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
.samples.pairs { grid-template-columns: 1fr 1fr; }
figure { margin: 0; }
figure img { width: 100%; height: auto; display: block; border-radius: .25rem; }
figcaption { color: var(--faint); font-size: .85rem; overflow-wrap: anywhere; }
pre { background: var(--panel); border: 1px solid var(--rule); border-radius: .5rem; padding: 1rem; overflow-x: auto; font-size: .85rem; }
.uplot, .u-legend { font-family: inherit; }
.u-legend th, .u-legend td { border: 0; padding: .1rem .3rem; color: var(--ink); }
.bars { display: grid; gap: .3rem; }
.bars > div { display: grid; grid-template-columns: 9rem 1fr 3rem; align-items: center; gap: .6rem; font-size: .85rem; }
.many { display: block; columns: 24rem 2; column-gap: 2rem; } .many > div { break-inside: avoid; margin-bottom: .2rem; }
.bars span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bars p { margin: 0; display: grid; gap: 1px; grid-column: 2 / -1; }
.stacked p { grid-column: auto; }
.bars em { display: flex; align-items: center; height: .9rem; font-style: normal; margin-right: 3.5rem; }
.stacked em { margin-right: 0; }
.bars i { display: block; height: 100%; min-width: 1px; }
.bars b { font-weight: 400; padding-left: .4rem; color: var(--faint); font-variant-numeric: tabular-nums; font-size: .8rem; white-space: nowrap; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 .6rem; font-size: .85rem; }
.legend i { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; vertical-align: -.1rem; }
.run0, .part0 { background: #4c78d8; } .run1, .part1 { background: #f58231; } .part2 { background: #a75fc9; }
.part3 { background: #b59f00; } .part4 { background: #8a94a3; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 1rem 2rem; }
.columns h3 { font-size: .95rem; margin: 0 0 .5rem; }
.note { color: var(--faint); font-size: .85rem; max-width: 48rem; }
.matrix td, .matrix th { padding: .2rem .4rem; font-size: .75rem; text-align: center; border: 1px solid var(--rule); }
.matrix thead th { writing-mode: vertical-rl; transform: rotate(180deg); text-align: left; border-top: 0; }
.u-legend { text-align: left; max-height: 12rem; overflow-y: auto; }
`;
