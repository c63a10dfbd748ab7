/**
 * A Markdown text with other words between `<!-- NAME -->` and `<!-- /NAME -->`.
 * @throws Error if it does not have the two, each on a line of its own
 */
export function replaceBetweenMarkers(markdown: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const from = markdown.indexOf(open);
  const to = markdown.indexOf(close, from);
  if (from < 0 || to < 0) throw new Error(`expected the lines <!-- ${name} --> and <!-- /${name} -->, for \`pnpm readmes\` to write between`);
  return `${markdown.slice(0, from + open.length)}${text}\n${markdown.slice(to)}`;
}
