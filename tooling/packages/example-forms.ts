import { isBuiltin } from 'node:module';
import ts from 'typescript';

const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } satisfies ts.CompilerOptions;

/** An example in TypeScript as an ES module. */
export function asModule(example: string): string {
  return ts.transpileModule(example, { compilerOptions: options }).outputText;
}

/** The same for CommonJS: `require` of the packages, which are ES modules, and its top-level `await` in a function. */
export function asCommonJs(example: string): string {
  const { outputText } = ts.transpileModule(example, {
    compilerOptions: { ...options, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
  });
  return `(async () => {\n${outputText}\n})().catch((error) => { console.error(error); process.exitCode = 1; });\n`;
}

/**
 * The same as an entry for a bundler: it leaves its end as a promise in `globalThis.ended`, and all that `name` exports in
 * `globalThis.exported`, so that nothing of the package can be left out. Without an example, the latter alone.
 */
export function asBrowserEntry(name: string, example = ''): string {
  const module = asModule(example);
  const source = ts.createSourceFile('example.js', module, ts.ScriptTarget.ES2022);
  const [imports, rest]: [string[], string[]] = [[], []];
  for (const statement of source.statements) {
    const text = module.slice(statement.pos, statement.end);
    if (ts.isImportDeclaration(statement)) imports.push(text);
    else if (!ts.isExportDeclaration(statement)) rest.push(text);
  }
  return [
    ...imports,
    `import * as everything from '${name}';`,
    'globalThis.exported = Object.keys(everything);',
    `globalThis.ended = (async () => {${rest.join('')}\n})();\n`,
  ].join('\n');
}

/** What an example imports. */
export function importsOfExample(example: string): string[] {
  return ts.preProcessFile(example, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** Whether an example needs Node: a built-in module of its, or a global. */
export function needsNode(example: string): boolean {
  return importsOfExample(example).some((specifier) => isBuiltin(specifier)) || /\b(process|Buffer)\b/.test(example);
}
