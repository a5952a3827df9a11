// The page of a construct: a description, an example and the files that it generates, every prop, and what the
// construct offers. All of it comes from the types and their TSDoc.
import ts from 'typescript';
import { wrap } from '../schemas/field-docs.mjs';
import { documentationOf, isFluxField, propertiesOf, textOf } from './library-types.mjs';
import { DURATIONS, escape, table } from './prop-table.mjs';

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
          ...table(types, sortedByName(fields), true),
          '',
        ]),
    ...typesOf(types, [
      ...own.flatMap(({ declaration }) => namesIn(declaration)),
      ...parameterTypes(types, name),
    ]),
    ...membersOf(types, name),
  ].join('\n');
}

/** In an order that does not depend on which type the compiler saw first. */
function sortedByName(fields) {
  return [...fields].sort((a, b) => (a.symbol.name < b.symbol.name ? -1 : 1));
}

/** Our types that props refer to, each with its own table. */
function typesOf(types, names) {
  const seen = new Set(DURATIONS);
  const waiting = [...names];
  const sections = [];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const symbol = types.symbols.get(name);
    const declaration = symbol?.declarations?.[0];
    if (
      seen.has(name) ||
      !declaration ||
      !/[/\\]lib[/\\](delivery|fleet|flux)[/\\](?!generated)/.test(declaration.getSourceFile().fileName)
    )
      continue;
    seen.add(name);
    if (ts.isInterfaceDeclaration(declaration)) {
      const properties = propertiesOf(types, name).filter(({ symbol: own }) => !isFluxField(own));
      if (properties.length === 0 || properties.some(({ symbol: own }) => own.name === 'node')) continue;
      sections.push(`### ${name}`, '', textOf(types.checker, symbol), '', ...table(types, properties), '');
      waiting.push(...properties.flatMap(({ declaration: own }) => namesIn(own)));
    } else if (ts.isTypeAliasDeclaration(declaration) && !isForCompiler(declaration.type)) {
      const text = documentationOf(types.checker, symbol);
      sections.push(`### ${name}`, '', text, '', '```ts ignore', printed(declaration), '```', '');
      waiting.push(...namesIn(declaration));
    }
  }
  return sections.length === 0 ? [] : ['## Types', '', ...sections];
}

/** Whether a type computes others, which helps the compiler but not the reader. */
function isForCompiler(node) {
  let found = ts.isConditionalTypeNode(node) || ts.isMappedTypeNode(node);
  ts.forEachChild(node, (child) => {
    found ||= isForCompiler(child);
  });
  return found;
}

/** The names of the types that methods of a class take. */
function parameterTypes({ symbols }, name) {
  const declaration = symbols.get(name).declarations.find(ts.isClassDeclaration);
  const parameters = declaration.members.filter(isShown).flatMap((member) => member.parameters ?? []);
  return parameters.flatMap(({ type }) => namesIn(type)).filter((type) => type.endsWith('Props'));
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

/** The properties that others read from the construct, and its methods. */
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
