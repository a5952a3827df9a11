// The table of props: each with its type, its default and its meaning.
import ts from 'typescript';
import { textOf } from './library-types.mjs';

/** Types that are durations; tables call them so. */
export const DURATIONS = ['FluxDuration', 'DurationText', 'Duration'];

/**
 * The lines of a table.
 *
 * @param brief whether the first sentence says enough
 */
export function table(types, properties, brief = false) {
  const { checker } = types;
  const rows = properties.map(({ symbol, declaration, required }) => {
    const text = textOf(checker, symbol);
    const cells = [
      required ? `**\`${symbol.name}\`**` : `\`${symbol.name}\``,
      typeText(types, declaration),
      required ? '' : defaultText(symbol, checker),
      brief ? firstSentence(text) : text,
    ];
    return `| ${cells.map(escape).join(' | ')} |`;
  });
  return ['| prop | type | default | description |', '| --- | --- | --- | --- |', ...rows];
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

function typeText(types, declaration) {
  const text = declaration?.type
    ? shortText(types, declaration.type)
        .replaceAll(/\/\*\*.*?\*\/\s*/gs, '')
        .replaceAll(/\s+/g, ' ')
    : '';
  const isDuration = text !== '' && text.split(' | ').every((part) => DURATIONS.includes(part));
  if (isDuration || /\['(interval|retryInterval|timeout)'\]$/.test(text)) return 'duration';
  if (text === "KustomizationFields['sourceRef']") return '`ObjectReference`';
  return text && `\`${text.replaceAll('readonly ', '')}\``;
}

/** A type as its author wrote it, without the arguments of our own types. */
function shortText(types, node) {
  if (ts.isTypeReferenceNode(node)) {
    const name = node.typeName.getText();
    if (name === 'NoInfer') return shortText(types, node.typeArguments[0]);
    if (types.symbols.has(name)) return name;
  }
  let text = node.getText();
  const children = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children.reverse()) {
    const start = child.getStart() - node.getStart();
    text = text.slice(0, start) + shortText(types, child) + text.slice(start + child.getWidth());
  }
  return text;
}

/** A text as a cell of a table. */
export function escape(text) {
  return text.replaceAll('|', '\\|').replaceAll(/<(?=\w)(?![^`]*`[^`]*$)/g, '<');
}
