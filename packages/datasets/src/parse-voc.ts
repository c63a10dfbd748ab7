import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Problem } from './problem.ts';
import type { VocAnnotation, VocObject } from './voc-annotation.ts';

/** What {@link parseVocAnnotation} returns. */
export interface ParsedVoc {
  /** Undefined if the file cannot be relied upon: an object may be missing from it. */
  readonly annotation?: VocAnnotation;
  readonly problems: readonly Problem[];
}

/**
 * How the file's numbers become continuous coordinates. `as-written`: taken as they are, as torchvision's and most
 * others' readers do. `one-based`: pixels counted from 1, both ends included, as in the original VOC files, so that
 * `[xmin, xmax]` covers `[xmin − 1, xmax]`.
 */
export type VocCoordinates = 'as-written' | 'one-based';

const parser = new XMLParser({ captureMetaData: true, parseTagValue: false, htmlEntities: true, isArray: (name) => name === 'object' });
const metaData = XMLParser.getMetaDataSymbol() as unknown as string;

type Element = Readonly<Record<string, unknown>>;
const isElement = (value: unknown): value is Element => typeof value === 'object' && value !== null;

/**
 * Reads one Pascal VOC annotation (VOC development kit, "Annotations"). `<size>` and every object's `<name>` and
 * `<bndbox>` must be there; `<difficult>` and `<truncated>` are 0 where absent. Nothing is thrown: what is wrong is
 * listed with its line, and there is no annotation where an object or the size cannot be told.
 */
export function parseVocAnnotation(
  text: string,
  { file, coordinates = 'as-written' }: { file: string; coordinates?: VocCoordinates },
): ParsedVoc {
  // As the parser does before it counts, so that its positions are ours.
  const xml = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const problems: Problem[] = [];
  const report = (line: number, reason: string): void => void problems.push({ file, line, reason, drops: 'example' });
  const wellFormed = XMLValidator.validate(xml);
  if (wellFormed !== true) {
    report(wellFormed.err.line, `malformed XML: ${wellFormed.err.msg.replace(/\s+/g, ' ').replace(/\.$/, '')}`);
    return { problems };
  }
  const document: unknown = parser.parse(xml);
  const root = isElement(document) && 'annotation' in document ? document.annotation : undefined;
  const lineOf = (element: Element): number => {
    const start = (element[metaData] as { startIndex?: number } | undefined)?.startIndex ?? 0;
    return xml.slice(0, start).split('\n').length;
  };
  const readNumber = (parent: Element, parentName: string, name: string): number => {
    const value = parent[name];
    if (value === undefined) {
      report(lineOf(parent), `missing tag <${name}> in <${parentName}>`);
    } else if (typeof value !== 'string' || value === '' || !Number.isFinite(Number(value))) {
      const written = typeof value === 'string' ? `"${value}"` : 'more tags';
      report(lineOf(parent), `expected a number in <${name}> of <${parentName}>, got ${written}`);
    } else {
      return Number(value);
    }
    return NaN;
  };
  const readObject = (element: unknown): VocObject | undefined => {
    if (!isElement(element)) {
      report(isElement(root) ? lineOf(root) : 1, 'missing tag <name> in an empty <object>');
      return undefined;
    }
    const { name, bndbox } = element;
    if (typeof name !== 'string' || name === '') {
      report(lineOf(element), 'missing tag <name> in <object>');
    }
    if (!isElement(bndbox)) {
      report(lineOf(element), 'missing tag <bndbox> in <object>');
      return undefined;
    }
    const shift = coordinates === 'one-based' ? 1 : 0;
    return {
      name: String(name),
      box: [
        readNumber(bndbox, 'bndbox', 'xmin') - shift,
        readNumber(bndbox, 'bndbox', 'ymin') - shift,
        readNumber(bndbox, 'bndbox', 'xmax'),
        readNumber(bndbox, 'bndbox', 'ymax'),
      ],
      difficult: element.difficult === '1',
      truncated: element.truncated === '1',
      line: lineOf(element),
    };
  };

  if (root === undefined) {
    report(1, 'missing tag <annotation> at the top');
    return { problems };
  }
  if (!isElement(root)) {
    report(1, 'missing tag <size> in <annotation>');
    return { problems };
  }
  if (!isElement(root.size)) {
    report(lineOf(root), 'missing tag <size> in <annotation>');
  }
  const [width, height] = isElement(root.size)
    ? [readNumber(root.size, 'size', 'width'), readNumber(root.size, 'size', 'height')]
    : [NaN, NaN];
  if (isElement(root.size) && (width <= 0 || height <= 0)) {
    report(lineOf(root.size), `expected a size above zero, got ${width}×${height}`);
  }
  const objects = (Array.isArray(root.object) ? (root.object as unknown[]) : []).map(readObject);
  if (problems.length > 0) {
    return { problems };
  }
  const filename = typeof root.filename === 'string' && root.filename !== '' ? { filename: root.filename } : {};
  return { annotation: { ...filename, width, height, objects: objects.filter((object) => object !== undefined) }, problems };
}
