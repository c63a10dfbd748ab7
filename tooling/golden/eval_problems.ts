// Prints the seeded random problems of @rcnn/eval's tests as JSON, one a line, for eval_random.py to answer.
import { randomProblem } from '../../packages/eval/src/testing/random-problem.ts';

for (let seed = 0; seed < Number(process.argv[2]); seed++) {
  process.stdout.write(`${JSON.stringify(randomProblem(seed))}\n`);
}
