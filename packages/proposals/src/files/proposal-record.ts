import { asBoxes, type Size } from '@rcnn/geometry';
import type { Proposals } from '../proposals.ts';

/** The proposals of an image, as they lie in files: `boxes` are `[x1, y1, x2, y2]`, the most promising first. */
export interface ProposalRecord extends Size {
  /** Name of the image's file. */
  readonly image: string;
  readonly boxes: readonly (readonly number[])[];
  readonly scores: readonly number[];
}

/** Proposals with the name and the size of their image. */
export interface ImageProposals extends Proposals, Size {
  readonly image: string;
}

/** The record of an image's proposals: boxes as numbers in a list, scores to six digits. */
export function toProposalRecord({ image, width, height, boxes, scores }: ImageProposals): ProposalRecord {
  return {
    ...{ image, width, height },
    boxes: Array.from(scores, (_, i) => [...boxes.subarray(4 * i, 4 * i + 4)]),
    scores: Array.from(scores, (score) => Number(score.toPrecision(6))),
  };
}

/**
 * Proposals from JSON: a record, a list of records, or whatever `rcnn proposals --json` has printed.
 * @throws Error in one line, with `source`'s name, if the text is no JSON or a record is malformed
 */
export function parseProposals(text: string, source = 'proposals'): ImageProposals[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${source}: not JSON (${(error as Error).message})`);
  }
  return (Array.isArray(value) ? value : [value]).map((record, i) => checkRecord(record, `${source}: record ${i}`));
}

function checkRecord(value: unknown, where: string): ImageProposals {
  const { image, width, height, boxes, scores } = (value ?? {}) as Partial<Record<keyof ProposalRecord, unknown>>;
  if (typeof image !== 'string') throw new Error(`${where}: expected the name of an image, got ${JSON.stringify(image)}`);
  const isSide = (side: unknown): side is number => Number.isInteger(side) && Number(side) > 0;
  if (!isSide(width) || !isSide(height)) {
    throw new Error(`${where} (${image}): expected width and height above 0, got ${JSON.stringify(width)} and ${JSON.stringify(height)}`);
  }
  if (!Array.isArray(boxes) || !boxes.every(isBox)) throw new Error(`${where} (${image}): expected boxes of four numbers each`);
  const given = scores ?? boxes.map((_, i) => 1 - i / boxes.length);
  if (!Array.isArray(given) || given.length !== boxes.length || !given.every(Number.isFinite)) {
    throw new Error(`${where} (${image}): expected ${boxes.length} scores, one for each box`);
  }
  try {
    return { image, width, height, boxes: asBoxes(boxes.flat()), scores: Float32Array.from(given as number[]) };
  } catch (error) {
    throw new Error(`${where} (${image}): ${(error as Error).message}`);
  }
}

const isBox = (box: unknown): box is number[] => Array.isArray(box) && box.length === 4 && box.every(Number.isFinite);
