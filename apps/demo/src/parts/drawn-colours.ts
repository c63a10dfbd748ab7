/** Colours of what is drawn over images, which are the same in light and dark; each is drawn with a dark edge. */
export const drawnColours = {
  kept: '#46e08c',
  dropped: '#ff7a6b',
  waiting: '#ffffff',
  proposal: '#5cc8ff',
  marked: '#ffd23f',
} as const;
