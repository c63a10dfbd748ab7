/**
 * JSON text as an object; anything else is reported with its line where the engine tells the position.
 */
export function parseJson(
  text: string,
  report: (reason: string, drops: 'example', line?: number) => void,
): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
    report('expected a JSON object at the top', 'example');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    const atEnd = message.startsWith('Unexpected end');
    const line = position === undefined && !atEnd ? undefined : text.slice(0, atEnd ? undefined : Number(position)).split('\n').length;
    // The engine quotes the text around the fault, line ends and all: the line number says it better.
    const reason = atEnd ? 'the text ends too soon' : message.replace(/ in JSON.*| \(line .*|, "?\.\.\..*|, ".*/s, '');
    report(`invalid JSON: ${reason.replace(/\s+/g, ' ')}`, 'example', line);
  }
  return undefined;
}
