/** One line of an image set: an image's id. */
export interface ImageSetEntry {
  readonly id: string;
  /** Line in the file, from 1. */
  readonly line: number;
}

/**
 * The ids listed in a file of `ImageSets/Main`, one a line. Per-class files have a second column (1, 0, −1), which says
 * nothing about boxes and is passed over. Ids may hold spaces where `isId` tells which there are; otherwise the first word is one.
 */
export function parseImageSet(text: string, isId: (id: string) => boolean = () => false): ImageSetEntry[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .map((row, i) => {
      const word = row.split(/\s+/)[0];
      return { id: [row, row.replace(/\s+\S+$/, '')].find(isId) ?? word, line: i + 1 };
    })
    .filter(({ id }) => id !== '');
}

/** Ids as a file of `ImageSets/Main`. */
export function formatImageSet(ids: readonly string[]): string {
  return ids.map((id) => `${id}\n`).join('');
}
