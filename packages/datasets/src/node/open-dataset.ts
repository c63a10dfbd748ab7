import { stat } from 'node:fs/promises';
import type { DatasetFormat } from '../dataset.ts';
import type { VocCoordinates } from '../parse-voc.ts';
import { findCocoLayouts } from './coco-layout.ts';
import { openCoco } from './coco-source.ts';
import type { DatasetSource } from './dataset-source.ts';
import { findLabelMeFolders, openLabelMe } from './labelme-source.ts';
import { listFiles } from './list-files.ts';
import { findMaskedImages } from './masks-layout.ts';
import { openMasks } from './masks-source.ts';
import { findVocLayout } from './voc-layout.ts';
import { openVoc } from './voc-source.ts';
import { findYoloLayout } from './yolo-layout.ts';
import { openYolo } from './yolo-source.ts';

/** How a folder is to be opened. */
export interface OpenOptions {
  /** Needed only to choose where a folder is in more than one; COCO comes first, as it has masks. */
  readonly format?: DatasetFormat | undefined;
  /** Names of labels 1…K; an object of another class is a problem. */
  readonly classes?: readonly string[] | undefined;
  /** How Pascal VOC's numbers are to be taken. */
  readonly coordinates?: VocCoordinates | undefined;
  /** Whether COCO's `person_keypoints_SPLIT.json` are to be read where there are `instances_SPLIT.json` too. */
  readonly keypoints?: boolean | undefined;
}

const layouts: Readonly<Record<DatasetFormat, string>> = {
  voc: 'Pascal VOC (Annotations/*.xml and JPEGImages)',
  coco: 'COCO (annotations/*.json)',
  yolo: 'YOLO (data.yaml, images and labels)',
  labelme: 'LabelMe (a JSON file beside each image)',
  masks: 'masks (images and masks)',
};

/**
 * The formats in which a folder holds a dataset, opened: one, or both of COCO and Pascal VOC. The others are looked for where
 * it holds neither. With `checkMasks`, which takes long, COCO's masks are looked into.
 * @throws Error if there is no such folder, it is empty, or it holds none
 */
export async function openDataset(
  root: string,
  { format, classes, coordinates, keypoints }: OpenOptions = {},
  { checkMasks = false }: { checkMasks?: boolean } = {},
): Promise<DatasetSource[]> {
  const status = await stat(root).catch(() => undefined);
  if (!status?.isDirectory()) {
    throw new Error(`${root}: ${status ? 'expected a folder, got a file' : 'no such folder'}`);
  }
  const isWanted = (one: DatasetFormat): boolean => format === undefined || format === one;
  const sources: DatasetSource[] = [];
  const coco = isWanted('coco') ? await findCocoLayouts(root, { keypoints }) : [];
  if (coco.length > 0) {
    sources.push(openCoco(root, coco, { classes, checkMasks }));
  }
  const voc = isWanted('voc') ? await findVocLayout(root) : undefined;
  if (voc) {
    sources.push(await openVoc(root, voc, { classes, coordinates }));
  }
  const yolo = sources.length === 0 && isWanted('yolo') ? await findYoloLayout(root) : undefined;
  if (yolo) {
    sources.push(openYolo(root, yolo, { classes }));
  }
  const labelMe = sources.length === 0 && isWanted('labelme') ? await findLabelMeFolders(root) : new Map<string, string>();
  if (labelMe.size > 0) {
    sources.push(await openLabelMe(root, labelMe, { classes }));
  }
  const masks = sources.length === 0 && isWanted('masks') ? await findMaskedImages(root) : new Map<string, never>();
  if (masks.size > 0) {
    sources.push(await openMasks(root, masks, { classes }));
  }
  if (sources.length === 0) {
    const empty = (await listFiles(root)).length === 0;
    const wanted = format === undefined ? Object.values(layouts).join(', ').replace(/, ([^,]*)$/, ' or $1') : layouts[format];
    throw new Error(`${root}: ${empty ? 'empty folder' : 'no dataset'}; expected ${wanted}`);
  }
  return sources;
}
