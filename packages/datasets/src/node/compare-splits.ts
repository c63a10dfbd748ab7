const usual = ['train', 'val', 'trainval', 'test'];

/** Orders names of splits: the usual ones first, with or without a year, then the others by name. */
export function compareSplits(a: string, b: string): number {
  const rank = (split: string): number => (usual.indexOf(split.replace(/\d+$/, '')) + usual.length + 1) % (usual.length + 1);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}
