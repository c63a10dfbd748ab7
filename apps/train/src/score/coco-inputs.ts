import { readCocoGroundTruth, readCocoMaskGroundTruth, readCocoMaskResults, readCocoResults, type CocoGroundTruth } from '@rcnn/eval';
import { readJson } from './read-json.ts';
import type { ScoreInputs } from './score-inputs.ts';

/** Ground truth from a COCO instances file; detections from COCO results files. */
export async function readCocoInputs(file: string, withMasks: boolean): Promise<ScoreInputs> {
  const [readTruth, readResults] = withMasks ? [readCocoMaskGroundTruth, readCocoMaskResults] : [readCocoGroundTruth, readCocoResults];
  const truth = readTruth(await readJson(file), file);
  return {
    classes: uniqueNames(truth),
    similar: groupsOf(truth.superclasses),
    groundTruth: truth.groundTruth,
    readDetections: async (path) => readResults(await readJson(path), truth, path),
    imageInfo: (index) => {
      const { id, fileName, width, height } = truth.images[index];
      const size = width === undefined || height === undefined ? undefined : { width, height };
      return { title: fileName ?? `image ${id}`, files: fileName === undefined ? [] : [fileName], size };
    },
  };
}

/** The classes' names, with the id where two categories have the same. */
function uniqueNames({ classes, categoryIds }: CocoGroundTruth): string[] {
  return classes.map((name, i) => (classes.indexOf(name) === classes.lastIndexOf(name) ? name : `${name} (${categoryIds[i]})`));
}

function groupsOf(superclasses: readonly string[]): number[][] {
  return [...new Set(superclasses)]
    .filter((name) => name !== '')
    .map((name) => superclasses.flatMap((own, i) => (own === name ? [i + 1] : [])));
}
