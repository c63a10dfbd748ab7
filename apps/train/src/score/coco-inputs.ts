import {
  keypointSigmas,
  readCocoGroundTruth,
  readCocoKeypointGroundTruth,
  readCocoKeypointResults,
  readCocoMaskGroundTruth,
  readCocoMaskResults,
  readCocoResults,
  type CocoGroundTruth,
} from '@rcnn/eval';
import { readJson } from './read-json.ts';
import type { MetricName } from './metric.ts';
import type { ScoreInputs } from './score-inputs.ts';

const boxReaders = [readCocoGroundTruth, readCocoResults] as const;
const readersOf: { readonly [Metric in MetricName]?: readonly [typeof readCocoGroundTruth, typeof readCocoResults] } = {
  'coco-segm': [readCocoMaskGroundTruth, readCocoMaskResults],
  'coco-keypoints': [readCocoKeypointGroundTruth, readCocoKeypointResults],
};

/** Ground truth from a COCO instances or person_keypoints file; detections from COCO results files. */
export async function readCocoInputs(file: string, metric: MetricName): Promise<ScoreInputs> {
  const [readTruth, readResults] = readersOf[metric] ?? boxReaders;
  const truth = readTruth(await readJson(file), file);
  const { keypointNames } = truth;
  return {
    classes: uniqueNames(truth),
    similar: groupsOf(truth.superclasses),
    groundTruth: truth.groundTruth,
    ...(keypointNames && { sigmas: keypointSigmas(keypointNames) }),
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
