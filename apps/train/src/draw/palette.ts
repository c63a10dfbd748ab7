/** A colour of a class: of its boxes and tags, and of the text on the tags. */
export interface ClassColour {
  readonly fill: string;
  readonly text: string;
}

/** Twenty colours that neighbours in the list tell apart, bright enough to stand out from photographs. */
const fills = [
  '#e6194b', '#3cb44b', '#4363d8', '#ffe119', '#f58231', '#911eb4', '#42d4f4', '#f032e6', '#bfef45', '#fabed4',
  '#469990', '#dcbeff', '#9a6324', '#fffac8', '#ff9da7', '#aaffc3', '#808000', '#ffd8b1', '#b07aa1', '#a9a9a9',
];

/** The colour of a label from 1; after twenty the colours repeat. */
export function classColour(label: number): ClassColour {
  const fill = fills[(label - 1) % fills.length];
  const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(fill.slice(at, at + 2), 16) / 255) ** 2.2);
  // Relative luminance as in WCAG 2: white text reads better below .18, black above.
  return { fill, text: 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.18 ? '#ffffff' : '#000000' };
}
