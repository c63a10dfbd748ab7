import { readText } from './read-text.ts';

/**
 * The JSON in a file. Python writes NaN and Infinity, which are no JSON; they come as texts, so that whoever reads the
 * values can say where they stand.
 * @throws Error in one line, with the file's name
 */
export async function readJson(file: string): Promise<unknown> {
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    const quoted = text.replace(/([:[,]\s*)(-?(?:NaN|Infinity))(?=\s*[,\]}])/g, '$1"$2"');
    try {
      return JSON.parse(quoted);
    } catch {
      const message = error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
      const position = /position (\d+)/.exec(message)?.[1];
      const line = position === undefined ? '' : `:${text.slice(0, Number(position)).split('\n').length}`;
      throw new Error(`${file}${line}: invalid JSON: ${message}`);
    }
  }
}
