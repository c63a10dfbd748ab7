/** One line of an image set: an image's id. */
export interface ImageSetEntry {
  readonly id: string;
  /** Line in the file, from 1. */
  readonly line: number;
}

/**
 * The ids listed in a file of `ImageSets/Main`, one a line. Per-class files have a second column (1, 0, −1), which says
 * nothing about boxes and is passed over.
 */
export function parseImageSet(text: string): ImageSetEntry[] {
  return text
    .split('\n')
    .map((row, i) => ({ id: row.trim().replace(/\s+(-1|0|1)$/, ''), line: i + 1 }))
    .filter(({ id }) => id !== '');
}

/** Ids as a file of `ImageSets/Main`. */
export function formatImageSet(ids: readonly string[]): string {
  return ids.map((id) => `${id}\n`).join('');
}
