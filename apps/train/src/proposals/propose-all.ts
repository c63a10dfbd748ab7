import { Tinypool } from 'tinypool';
import { propose } from './propose.ts';
import type { ProposalsAnswer, ProposalsTask } from './proposals-task.ts';

/** Does every task, on as many threads as said; answers in the order of the tasks, each told of when it comes. */
export async function proposeAll(
  tasks: readonly ProposalsTask[],
  workers: number,
  onAnswer: (answer: ProposalsAnswer) => void,
): Promise<ProposalsAnswer[]> {
  if (workers === 1 || tasks.length === 1) {
    const answers: ProposalsAnswer[] = [];
    for (const task of tasks) {
      answers.push(await propose(task));
      onAnswer(answers[answers.length - 1]);
    }
    return answers;
  }
  const threads = Math.min(workers, tasks.length);
  const pool = new Tinypool({ filename: workerFile(), minThreads: threads, maxThreads: threads });
  try {
    return await Promise.all(
      tasks.map(async (task) => {
        const answer = (await pool.run(task, { name: 'propose' })) as ProposalsAnswer;
        onAnswer(answer);
        return answer;
      }),
    );
  } finally {
    await pool.destroy();
  }
}

/** Built, the thread's file lies beside this one; in the workspace it is TypeScript, which a thread must learn to load first. */
function workerFile(): string {
  const file = import.meta.url.endsWith('.ts') ? '../../propose-thread.js' : './propose-worker.js';
  return new URL(file, import.meta.url).href;
}
