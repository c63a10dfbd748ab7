/** What to do with an image that cannot be decoded: say so on stderr, once an image, or refuse to go on. */
export function damageReporter(onProblem: 'skip' | 'refuse'): (error: Error) => void {
  const told = new Set<string>();
  return (error) => {
    if (onProblem === 'refuse') throw error;
    if (told.has(error.message)) return;
    told.add(error.message);
    process.stderr.write(`skipped ${error.message}\n`);
  };
}
