// The page of a construct: what it is, an example and the files that it makes, every prop, and what the construct has.
// All of it is read from the types and their TSDoc.
import { join, sep } from 'node:path';
import ts from 'typescript';
import { wrap } from '../schemas/field-docs.mjs';

const root = join(import.meta.dirname, '../..');
const GENERATED = `lib${sep}flux${sep}generated${sep}`;
/** Props that become a field of a Flux kind: their documentation is Flux's, which is long. */
const isFluxField = (symbol) =>
  symbol.declarations?.some((declaration) => declaration.getSourceFile().fileName.includes(GENERATED));

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

/** What the documentation of an export says, in one paragraph. */
export function aboutExport({ checker, symbols }, name) {
  return textOf(checker, symbols.get(name));
}

/**
 * The text of a page.
 *
 * @param types what `libraryTypes` gives
 * @param kind the kind of Flux with the page on which the fields are, where the construct takes any
 */
export function constructPage(types, { name, props, method, kind, example, files }) {
  const all = propertiesOf(types, props);
  const own = all.filter(({ symbol }) => !isFluxField(symbol));
  const fields = all.filter(({ symbol }) => isFluxField(symbol));
  const pageOfKind =
    kind && `[${kind}](../kinds/${kind.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()}.md)`;
  const paragraphs = documentationOf(types.checker, types.symbols.get(name)).split('\n\n');
  return [
    '<!-- Made by npm run docs from the TSDoc of lib/ and examples/constructs/. Do not edit. -->',
    '',
    `# ${name}`,
    '',
    ...paragraphs.flatMap((paragraph) => [...wrap(paragraph.replaceAll('\n', ' '), 120), '']),
    '```ts',
    example.trimEnd(),
    '```',
    '',
    ...Object.entries(files).flatMap(([path, text]) => [
      `<!-- file: ${path} -->`,
      '',
      '```yaml',
      text.trimEnd(),
      '```',
      '',
    ]),
    method === undefined ? '## Props' : `## Options of \`${method}\``,
    '',
    'Props in **bold** are required.',
    '',
    ...table(types, own),
    '',
    ...(fields.length === 0
      ? []
      : [
          `## Fields of the ${kind}`,
          '',
          `You can also set these fields of the ${kind}. ${pageOfKind} has all of them in full.`,
          '',
          ...table(types, fields, true),
          '',
        ]),
    ...typesOf(types, own),
    ...membersOf(types, name),
  ].join('\n');
}

/** The types of ours that props refer to, each with its own table. */
function typesOf(types, props) {
  const seen = new Set();
  const waiting = props.flatMap(({ declaration }) => namesIn(declaration));
  const sections = [];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const symbol = types.symbols.get(name);
    const declaration = symbol?.declarations?.[0];
    if (
      seen.has(name) ||
      !declaration ||
      !/[/\\]lib[/\\](delivery|flux)[/\\](?!generated)/.test(declaration.getSourceFile().fileName)
    )
      continue;
    seen.add(name);
    if (ts.isInterfaceDeclaration(declaration)) {
      const properties = propertiesOf(types, name);
      if (properties.some(({ symbol: own }) => isFluxField(own) || own.name === 'node')) continue;
      sections.push(`### ${name}`, '', textOf(types.checker, symbol), '', ...table(types, properties), '');
      waiting.push(...properties.flatMap(({ declaration: own }) => namesIn(own)));
    } else if (ts.isTypeAliasDeclaration(declaration) && !ts.isConditionalTypeNode(declaration.type)) {
      const text = documentationOf(types.checker, symbol);
      sections.push(`### ${name}`, '', text, '', '```ts ignore', printed(declaration), '```', '');
      waiting.push(...namesIn(declaration));
    }
  }
  return sections.length === 0 ? [] : ['## Types', '', ...sections];
}

function printed(declaration) {
  const text = declaration.getText().replace(/^export /, '');
  return text.replaceAll(/\/\*\*.*?\*\/\s*/gs, '').replaceAll(/\n\s*\n/g, '\n');
}

function namesIn(node) {
  const names = [];
  const visit = (child) => {
    if (ts.isTypeReferenceNode(child)) names.push(child.typeName.getText());
    ts.forEachChild(child, visit);
  };
  if (node) visit(node);
  return names;
}

/** What others read from the construct, and its functions. */
function membersOf({ checker, symbols }, name) {
  const symbol = symbols.get(name);
  const declaration = symbol.declarations.find(ts.isClassDeclaration);
  const rows = declaration.members.filter(isShown).map((member) => {
    const isStatic = member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
    const own = checker.getSymbolAtLocation(member.name);
    const parameters = member.parameters?.map((parameter) => parameter.name.getText()).join(', ');
    const label = `${isStatic ? `${name}.` : ''}${member.name.getText()}${parameters === undefined || ts.isGetAccessor(member) ? '' : `(${parameters})`}`;
    return `| ${[`\`${label}\``, textOf(checker, own)].map(escape).join(' | ')} |`;
  });
  if (rows.length === 0) return [];
  return ['## What it has', '', '| member | what it is |', '| --- | --- |', ...new Set(rows), ''];
}

const HIDDEN = ['generateObjectName', 'toJson', 'props', 'givenPath'];

function isShown(member) {
  const modifiers = (member.modifiers ?? []).map(({ kind }) => kind);
  const isHidden = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword].some((kind) =>
    modifiers.includes(kind),
  );
  const name = member.name?.getText() ?? '';
  return (
    !isHidden &&
    name !== '' &&
    !HIDDEN.includes(name) &&
    !name.startsWith('is') &&
    !ts.isConstructorDeclaration(member)
  );
}

function propertiesOf({ checker, symbols }, name) {
  const type = checker.getDeclaredTypeOfSymbol(symbols.get(name));
  const properties = checker.getPropertiesOfType(type).map((symbol) => ({
    symbol,
    declaration: symbol.declarations?.[0],
    required: !(symbol.flags & ts.SymbolFlags.Optional),
  }));
  return properties.sort((a, b) => Number(b.required) - Number(a.required));
}

function table({ checker }, properties, brief = false) {
  const rows = properties.map(({ symbol, declaration, required }) => {
    const text = textOf(checker, symbol);
    const cells = [
      required ? `**\`${symbol.name}\`**` : `\`${symbol.name}\``,
      typeText(declaration),
      required ? '' : defaultText(symbol, checker),
      brief ? firstSentence(text) : text,
    ];
    return `| ${cells.map(escape).join(' | ')} |`;
  });
  return ['| prop | type | default | what it is |', '| --- | --- | --- | --- |', ...rows];
}

/** The first sentence of a text. */
export function firstSentence(text) {
  return /^.*?[^.]\.(?= [A-Z]|$)/.exec(text)?.[0] ?? text;
}

function defaultText(symbol, checker) {
  const tag = symbol.getJsDocTags(checker).find(({ name }) => name === 'default');
  const text = ts.displayPartsToString(tag?.text).replaceAll(/\s+/g, ' ').trim();
  if (text === '' || text === '- none') return '';
  return text.startsWith('- ') ? text.slice(2) : text.replace(/^[^\s;]+/, (literal) => `\`${literal}\``);
}

function typeText(declaration) {
  const text = (declaration?.type?.getText() ?? '').replaceAll(/\s+/g, ' ');
  if (/^(FluxDuration|DurationText)$|\['(interval|retryInterval|timeout)'\]$/.test(text)) return 'duration';
  if (text === "KustomizationFields['sourceRef']") return '`ObjectReference`';
  return `\`${text.replaceAll('readonly ', '')}\``;
}

function documentationOf(checker, symbol) {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  return text.replaceAll('\r', '').trim();
}

function textOf(checker, symbol) {
  return documentationOf(checker, symbol).replaceAll(/\s+/g, ' ');
}

function escape(text) {
  return text.replaceAll('|', '\\|').replaceAll(/<(?=\w)(?![^`]*`[^`]*$)/g, '<');
}

function resolved(checker, symbol) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
