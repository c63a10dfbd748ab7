import { dirname, join } from 'node:path';
import { compareSplits } from './compare-splits.ts';
import { listFiles } from './list-files.ts';

/** One split of a COCO folder: its file, and the folders its images may lie in. */
export interface CocoLayout {
  readonly split: string;
  readonly file: string;
  readonly imageFolders: readonly string[];
}

const prefix = /^(instances|person_keypoints)_/;

/**
 * The splits of a COCO folder: `annotations/instances_SPLIT.json`, or `person_keypoints_SPLIT.json` where there are only those or `keypoints`
 * asks for them (or, where none is called so, any JSON there), or `SPLIT/_annotations.coco.json`. Images lie in `SPLIT`, `images/SPLIT`, `images`, `JPEGImages` or beside the file.
 */
export async function findCocoLayouts(root: string, { keypoints = false }: { keypoints?: boolean | undefined } = {}): Promise<CocoLayout[]> {
  const all = (await listFiles(join(root, 'annotations'))).filter((name) => name.toLowerCase().endsWith('.json'));
  const called = (kind: string): string[] => all.filter((name) => name.startsWith(`${kind}_`));
  const kinds = [called('instances'), called('person_keypoints')];
  const wanted = (keypoints ? kinds.reverse() : kinds).find((names) => names.length > 0) ?? all;
  const files = wanted.map((name) => ({
    split: name.replace(prefix, '').replace(/\.json$/i, ''),
    file: join(root, 'annotations', name),
  }));
  if (files.length === 0) {
    for (const split of await listFiles(root)) {
      if ((await listFiles(join(root, split))).includes('_annotations.coco.json')) {
        files.push({ split, file: join(root, split, '_annotations.coco.json') });
      }
    }
  }
  return files
    .sort((a, b) => compareSplits(a.split, b.split))
    .map(({ split, file }) => ({
      split,
      file,
      imageFolders: [...[split, join('images', split), 'images', 'JPEGImages', ''].map((name) => join(root, name)), dirname(file)],
    }));
}
