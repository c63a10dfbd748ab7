// Prints the seeded random problems of @rcnn/eval's tests as JSON, one a line, for eval_random.py and eval_keypoints.py to answer.
import { randomKeypoints } from '../../packages/eval/src/testing/random-keypoints.ts';
import { randomProblem } from '../../packages/eval/src/testing/random-problem.ts';

const problem = process.argv[3] === 'keypoints' ? randomKeypoints : randomProblem;
for (let seed = 0; seed < Number(process.argv[2]); seed++) {
  process.stdout.write(`${JSON.stringify(problem(seed))}\n`);
}
