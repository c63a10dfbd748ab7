import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProject, npmInstall } from './project.ts';
import { mustRun } from './run-process.ts';
import { root } from './workspace.ts';

/** The COCO API's own test files, which are not part of this repository. */
const data = join(root, '../shared/data/coco-metrics');

/** Ten lines of JavaScript, in a project that has `@rcnn/eval` and nothing else. */
const program = `import { readFileSync } from 'node:fs';
import { evaluateCoco, readCocoGroundTruth, readCocoResults } from '@rcnn/eval';

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const [instances, results] = process.argv.slice(2);
const truth = readCocoGroundTruth(read(instances), instances);
const found = readCocoResults(read(results), truth, results);
const { AP, AP50, AP75 } = evaluateCoco(truth.groundTruth, found);
console.log([AP, AP50, AP75].map((figure) => figure.toFixed(3)).join(' '));
`;

/** What pycocotools prints for them. */
const expected = '0.505 0.697 0.573';

/** Whether there are the files to check with. */
export const hasCocoFiles = existsSync(data);

/** `@rcnn/eval` by itself on the COCO API's test files: a line, if its figures are others. */
export async function checkCocoFigures(folder: string, npmrc: string): Promise<string[]> {
  const project = createProject(join(folder, 'coco'), npmrc);
  await npmInstall(project, ['@rcnn/eval']);
  writeFileSync(join(project, 'score.js'), program);
  const files = ['instances_val2014_100.json', 'instances_val2014_fakebbox100_results.json'].map((name) => join(data, name));
  const figures = (await mustRun('node', ['score.js', ...files], { cwd: project })).trim();
  return figures === expected ? [] : [`packages/eval: expected AP, AP50 and AP75 of ${expected} on the COCO API's test files, got ${figures}`];
}
