import { stat } from 'node:fs/promises';
import type { Dataset } from '../dataset.ts';
import type { VocCoordinates } from '../parse-voc.ts';
import { findCocoLayouts } from './coco-layout.ts';
import { openCoco } from './coco-source.ts';
import type { DatasetSource } from './dataset-source.ts';
import { listFiles } from './list-files.ts';
import { findVocLayout } from './voc-layout.ts';
import { openVoc } from './voc-source.ts';

/** How a folder is to be opened. */
export interface OpenOptions {
  /** Needed only to choose where a folder is in both formats; COCO comes first, as it has masks. */
  readonly format?: Dataset['format'] | undefined;
  /** Names of labels 1…K; an object of another class is a problem. */
  readonly classes?: readonly string[] | undefined;
  /** How Pascal VOC's numbers are to be taken. */
  readonly coordinates?: VocCoordinates | undefined;
}

/**
 * The formats in which a folder holds a dataset, opened: one, or both of COCO and Pascal VOC.
 * @throws Error if there is no such folder, it is empty, or it holds neither
 */
export async function openDataset(root: string, { format, classes, coordinates }: OpenOptions = {}): Promise<DatasetSource[]> {
  const status = await stat(root).catch(() => undefined);
  if (!status?.isDirectory()) {
    throw new Error(`${root}: ${status ? 'expected a folder, got a file' : 'no such folder'}`);
  }
  const sources: DatasetSource[] = [];
  const coco = await findCocoLayouts(root);
  if (coco.length > 0 && format !== 'voc') {
    sources.push(openCoco(root, coco, { classes }));
  }
  const voc = await findVocLayout(root);
  if (voc && format !== 'coco') {
    sources.push(await openVoc(root, voc, { classes, coordinates }));
  }
  if (sources.length === 0) {
    const empty = (await listFiles(root)).length === 0;
    const wanted = 'expected Pascal VOC (Annotations/*.xml and JPEGImages) or COCO (annotations/*.json)';
    const formatName = { voc: 'Pascal VOC', coco: 'COCO' };
    throw new Error(`${root}: ${empty ? 'empty folder' : format ? `no dataset in ${formatName[format]}'s format` : 'no dataset'}; ${wanted}`);
  }
  return sources;
}
