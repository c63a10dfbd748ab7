/** Something wrong in a dataset's files, said in one line. */
export interface Problem {
  /** Path of the file at fault, as the caller named its folder. */
  readonly file: string;
  /** Line in that file, from 1, where the parser can tell. */
  readonly line?: number;
  /** What was expected and what came. */
  readonly reason: string;
  /** What reading on without it leaves out: one object, the whole example, or nothing. */
  readonly drops: 'nothing' | 'object' | 'example';
}

/** `file:line: reason`, the form editors and terminals turn into a link. */
export function formatProblem({ file, line, reason }: Problem): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${reason.replace(/\s+/g, ' ')}`;
}
