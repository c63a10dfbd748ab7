import { boxCount, type Size } from '@rcnn/geometry';
import type { Dataset, DatasetFormat, Example, GroundTruth } from '../dataset.ts';
import type { Problem } from '../problem.ts';
import { sizeFault, tryDecode } from './decode-image.ts';
import { uniqueProblems, type DatasetSource, type Everything } from './dataset-source.ts';
import { checkInstances } from './check-instances.ts';
import { mapConcurrent } from './map-concurrent.ts';
import { openDataset, type OpenOptions } from './open-dataset.ts';
import { chooseSplit } from './read-dataset.ts';

/** What a split holds, damaged files left out. */
export interface SplitSummary {
  readonly format: DatasetFormat;
  readonly split: string;
  readonly images: number;
  readonly boxes: number;
  readonly difficult: number;
  readonly crowd: number;
  /** How many objects have a mask. */
  readonly masks: number;
  /** How many objects have a labelled keypoint. */
  readonly keypoints: number;
  /** How many boxes each class has. */
  readonly boxesPerClass: Readonly<Record<string, number>>;
}

/** What {@link checkDataset} found. */
export interface DatasetReport {
  readonly splits: readonly SplitSummary[];
  /** How many image files were decoded without fault. */
  readonly images: number;
  /** Smallest and largest width and height among them. */
  readonly sizes?: { readonly smallest: Size; readonly largest: Size };
  readonly problems: readonly Problem[];
}

/** Options of {@link checkDataset}. */
export interface CheckOptions extends OpenOptions {
  /** Checks this split alone. */
  readonly split?: string | undefined;
  /** Called after each image with how many are done, and of how many. */
  readonly onImage?: (done: number, total: number) => void;
}

/**
 * Reads a dataset whole, in every format it is in: each annotation, each list of ids, each image to its last byte.
 * Nothing damaged is thrown; every fault found is in `problems`.
 */
export async function checkDataset(root: string, { split, onImage, ...options }: CheckOptions = {}): Promise<DatasetReport> {
  const problems: Problem[] = [];
  const splits: SplitSummary[] = [];
  const examples = new Map<string, Example[]>();
  const images = new Set<string>();
  try {
    for (const source of await openDataset(root, options, { checkMasks: true })) {
      const part = await readSource(root, source, split);
      problems.push(...part.problems);
      splits.push(...part.splits);
      part.images.forEach((file) => images.add(file));
      for (const example of part.examples) {
        examples.set(example.file, [...(examples.get(example.file) ?? []), example]);
      }
    }
  } catch (error) {
    const [, file, line, reason] = /^(.*?)(?::(\d+))?: (.*)$/s.exec(error instanceof Error ? error.message : String(error)) ?? ['', root, '', String(error)];
    problems.push({ file, ...(line && { line: Number(line) }), reason, drops: 'example' });
  }

  const files = [...new Set([...examples.keys(), ...images])].sort();
  let done = 0;
  const decoded = await mapConcurrent(files, 4, async (file) => {
    const outcome = await tryDecode(file);
    onImage?.(++done, files.length);
    return 'reason' in outcome ? { file, reason: outcome.reason } : { file, size: { width: outcome.width, height: outcome.height } };
  });
  for (const { file, reason, size } of decoded) {
    const reasons = reason === undefined ? (examples.get(file) ?? []).map((example) => sizeFault(size, example)) : [reason];
    problems.push(...reasons.filter((found) => found !== undefined).map((found) => ({ file, reason: found, drops: 'example' as const })));
  }
  const sizes = decoded.map(({ size }) => size).filter((size) => size !== undefined);
  const extreme = (pick: (...values: number[]) => number): Size => ({
    width: sizes.reduce((width, size) => pick(width, size.width), sizes[0].width),
    height: sizes.reduce((height, size) => pick(height, size.height), sizes[0].height),
  });
  return {
    splits,
    images: sizes.length,
    ...(sizes.length > 0 && { sizes: { smallest: extreme(Math.min), largest: extreme(Math.max) } }),
    problems: uniqueProblems(problems).sort(byPlace),
  };
}

async function readSource(
  root: string,
  source: DatasetSource,
  split: string | undefined,
): Promise<Everything & { splits: SplitSummary[] }> {
  if (split !== undefined) {
    const dataset = await source.read(chooseSplit(root, source.splits, split));
    const problems = [...dataset.problems, ...(await instanceProblems(dataset.examples, dataset.classes))];
    return { problems, splits: [summarize(dataset)], examples: dataset.examples, images: [] };
  }
  const datasets: Dataset[] = [];
  for (const name of source.splits) {
    datasets.push(await source.read(name));
  }
  const { examples, images, problems } = await source.readEverything();
  const more = await instanceProblems(examples, datasets[0]?.classes ?? []);
  return { splits: datasets.map(summarize), examples, images, problems: [...problems, ...more] };
}

async function instanceProblems(examples: readonly Example[], classes: readonly string[]): Promise<Problem[]> {
  return (await mapConcurrent(examples, 4, (example) => checkInstances(example, classes))).flat();
}

function summarize({ format, split, classes, examples }: Dataset): SplitSummary {
  const counts = new Uint32Array(classes.length + 1);
  const sum = (values: Uint8Array): number => values.reduce((total, value) => total + value, 0);
  examples.forEach(({ groundTruth }) => groundTruth.labels.forEach((label) => counts[label]++));
  return {
    format,
    split,
    images: examples.length,
    boxes: examples.reduce((total, { groundTruth }) => total + boxCount(groundTruth.boxes), 0),
    difficult: examples.reduce((total, { groundTruth }) => total + sum(groundTruth.difficult), 0),
    crowd: examples.reduce((total, { groundTruth }) => total + sum(groundTruth.crowd), 0),
    masks: examples.reduce((total, example) => total + maskCount(example), 0),
    keypoints: examples.reduce((total, { groundTruth }) => total + labelledCount(groundTruth), 0),
    boxesPerClass: Object.fromEntries(classes.map((name, i) => [name, counts[i + 1]])),
  };
}

function maskCount({ groundTruth, instances }: Example): number {
  return instances ? groundTruth.labels.length : (groundTruth.segmentations ?? []).filter((segmentation) => segmentation).length;
}

/** How many objects have a labelled keypoint. */
function labelledCount({ labels, keypoints }: GroundTruth): number {
  const perObject = (keypoints?.length ?? 0) / labels.length;
  const isLabelled = (i: number): boolean => keypoints?.subarray(i * perObject, (i + 1) * perObject).some((value, k) => k % 3 === 2 && value > 0) ?? false;
  return [...labels.keys()].filter(isLabelled).length;
}

function byPlace(a: Problem, b: Problem): number {
  if (a.file !== b.file) {
    return a.file < b.file ? -1 : 1;
  }
  return (a.line ?? 0) - (b.line ?? 0);
}
