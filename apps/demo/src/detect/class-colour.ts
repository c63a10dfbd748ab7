/** A colour of a class, and of text on it. */
export interface ClassColour {
  readonly fill: string;
  readonly text: string;
}

/** Twelve colours that stand out from photographs and that neighbours in the list tell apart. */
const fills = ['#ff5252', '#38b6ff', '#ffd233', '#b388ff', '#3ddc84', '#ff8f3f', '#ff6fd8', '#5ce1e6', '#c0e64a', '#d7a77a', '#8fa8ff', '#f5f5f5'];

/** The colour of a label from 1; after twelve they repeat. All are light: text on them is black. */
export function classColour(label: number): ClassColour {
  return { fill: fills[(label - 1) % fills.length], text: '#000000' };
}
