import { spawn } from 'node:child_process';

/** How a process ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a process is started with. */
export interface ProcessOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** Runs a program to its end, whatever that is. */
export function runProcess(command: string, args: readonly string[], { cwd, env = {}, timeout = 300_000 }: ProcessOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], timeout });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal !== null) said.stderr += `\nstopped by ${signal} after ${timeout / 1000} s at most`;
      resolve({ code: code ?? 1, ...said });
    });
  });
}

/** Runs a program that must end well. @throws Error with the last lines of what it said */
export async function mustRun(command: string, args: readonly string[], options: ProcessOptions): Promise<string> {
  const { code, stdout, stderr } = await runProcess(command, args, options);
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')}: exit code ${code}\n${lastLines(stderr.trim() === '' ? stdout : stderr, 12)}`);
  return stdout;
}

/** The last lines of a text, indented. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).map((line) => `    ${line}`).join('\n');
}
