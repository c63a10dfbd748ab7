import ts from 'typescript';
import { entryPoints, type Package } from '../packages/workspace.ts';

/** One thing that a package exports. */
export interface ApiEntry {
  readonly name: string;
  /** `boxIou(a, b)` for a function, the name for anything else. */
  readonly call: string;
  readonly kind: 'function' | 'value' | 'type';
  /** The first sentence of its docstring, as Markdown. */
  readonly summary: string;
}

/** What each module exports, in the order of its table of contents. */
export function readApi(sources: readonly string[]): Map<string, ApiEntry[]> {
  const program = ts.createProgram(sources, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
  });
  const checker = program.getTypeChecker();
  const entries = (source: string): ApiEntry[] => {
    const file = program.getSourceFile(source);
    const module = file && checker.getSymbolAtLocation(file);
    return module === undefined ? [] : checker.getExportsOfModule(module).map((symbol) => describeExport(symbol, checker));
  };
  return new Map(sources.map((source) => [source, entries(source)]));
}

function describeExport(exported: ts.Symbol, checker: ts.TypeChecker): ApiEntry {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const name = exported.getName();
  const summary = firstSentence(ts.displayPartsToString(symbol.getDocumentationComment(checker)));
  const { valueDeclaration } = symbol;
  if (valueDeclaration === undefined) return { name, call: name, kind: 'type', summary };
  const signature = checker.getTypeOfSymbolAtLocation(symbol, valueDeclaration).getCallSignatures().at(0);
  if (signature === undefined) return { name, call: name, kind: 'value', summary };
  return { name, call: `${name}(${signature.parameters.map((parameter) => parameterName(parameter, checker)).join(', ')})`, kind: 'function', summary };
}

function parameterName({ name, valueDeclaration }: ts.Symbol, checker: ts.TypeChecker): string {
  if (valueDeclaration === undefined || !ts.isParameter(valueDeclaration)) return name;
  const { name: binding, questionToken, initializer, dotDotDotToken } = valueDeclaration;
  const optional = questionToken !== undefined || initializer !== undefined;
  if (!ts.isObjectBindingPattern(binding)) return `${dotDotDotToken === undefined ? '' : '…'}${name}${optional ? '?' : ''}`;
  if (optional) return 'options?';
  const type = checker.getTypeAtLocation(valueDeclaration);
  const fields = type.getProperties().map((field) => field.getName());
  if (fields.length <= 4) return `{ ${fields.join(', ')} }`;
  const typeName = (type.aliasSymbol ?? type.symbol).getName();
  return /^[A-Z]/.test(typeName) && !typeName.endsWith('Options') ? typeName[0].toLowerCase() + typeName.slice(1) : 'options';
}

/** The first sentence of a docstring on one line, without the stop; links become code. */
export function firstSentence(documentation: string): string {
  const paragraph = documentation.split(/\n\s*\n|\n\s*- /)[0].replace(/\{@link\s+(\S+?)\s*\}/g, '`$1`').replace(/\s+/g, ' ').trim();
  const end = /\.(?= [A-Z`(]|$)/.exec(paragraph);
  return (end === null ? paragraph : paragraph.slice(0, end.index)).trim().replace(/[:.]$/, '');
}

/** The table of a package for its README: functions and values with what they do, types by name. */
export function apiTable(of: Package, api: ReadonlyMap<string, readonly ApiEntry[]>): string {
  const points = entryPoints(of);
  return points.map(({ specifier, source }) => {
    const entries = api.get(source) ?? [];
    const rows = entries
      .filter(({ kind }) => kind !== 'type')
      .map(({ call, summary }) => `| \`${call}\` | ${summary.replaceAll('|', '\\|')} |`);
    const types = entries.filter(({ kind }) => kind === 'type').map(({ name }) => `\`${name}\``);
    const head = `| ${points.length > 1 ? `\`${specifier}\`` : 'function'} | what it does |`;
    return [head, '| --- | --- |', ...rows, ...(types.length === 0 ? [] : ['', `Types: ${types.join(', ')}.`])].join('\n');
  }).join('\n\n');
}

/** A line for each export without a docstring to fill its row. */
export function undocumented({ path }: Package, entries: readonly ApiEntry[]): string[] {
  return entries.filter(({ summary }) => summary === '').map(({ name }) => `${path}: ${name} has no docstring`);
}
