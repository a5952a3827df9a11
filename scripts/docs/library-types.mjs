// Reads the exports of the library, their props and their TSDoc with the compiler.
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');
const GENERATED = 'lib/flux/generated/';

/** Whether a prop becomes a field of a Flux kind: its documentation is Flux's, which is long. */
export function isFluxField(symbol) {
  return symbol.declarations?.some((declaration) => declaration.getSourceFile().fileName.includes(GENERATED));
}

/** Reads the exports of the library once, for all pages. */
export function libraryTypes() {
  const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, ts.sys);
  const program = ts.createProgram([join(root, 'lib/index.ts')], { ...config.options, noEmit: true });
  const checker = program.getTypeChecker();
  const index = checker.getSymbolAtLocation(program.getSourceFile(join(root, 'lib/index.ts')));
  const symbols = new Map(
    checker.getExportsOfModule(index).map((symbol) => [symbol.name, resolved(checker, symbol)]),
  );
  return { checker, symbols };
}

/** The documentation of an export, in one paragraph. */
export function aboutExport({ checker, symbols }, name) {
  return textOf(checker, symbols.get(name));
}

/** The properties of a type, those that are required first. */
export function propertiesOf({ checker, symbols }, name) {
  const type = checker.getDeclaredTypeOfSymbol(symbols.get(name));
  const properties = checker.getPropertiesOfType(type).map((symbol) => ({
    symbol,
    declaration: symbol.declarations?.[0],
    required: !(symbol.flags & ts.SymbolFlags.Optional),
  }));
  return properties.sort((a, b) => Number(b.required) - Number(a.required));
}

/** The documentation of a symbol, with its paragraphs. */
export function documentationOf(checker, symbol) {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  return text.replaceAll('\r', '').trim();
}

/** The documentation of a symbol, on one line. */
export function textOf(checker, symbol) {
  return documentationOf(checker, symbol).replaceAll(/\s+/g, ' ');
}

function resolved(checker, symbol) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
