import { FindingsError } from '../findings/findings-error';
import { isMap, mapList, mapValues } from '../plain/plain-data';
import { parseDocuments } from './parse';
import { resolveYaml11 } from './resolve';

/** Says why a text is not YAML, or no JSON can hold it. */
export class GoYamlError extends Error {}

/**
 * The first document of a YAML text as `sigs.k8s.io/yaml` reads it (on yaml.v2): words of YAML 1.1 are booleans, the last
 * of equal keys wins, and keys become texts.
 *
 * @throws GoYamlError where it is not valid YAML, or holds what JSON cannot
 */
export function parseAsGo(text: string): unknown {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\0-\x08\v\f\x0e-\x1f\x7f]/.test(text)) throw new GoYamlError('control characters are not allowed');
  try {
    const value = parseDocuments(withPlainBreaks(firstDocument(text)), '', options)[0]?.value ?? null;
    return finished(value, OWN_BREAKS.test(text));
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    throw new GoYamlError(
      error.findings[0]?.message.replace(/ \(column \d+\)$/, '') ?? 'it is not valid YAML',
    );
  }
}

/** The text without the documents behind the first, of which Go reads nothing. */
function firstDocument(text: string): string {
  const [first, second] = [...text.matchAll(/^---(?=\s|$)/gm)].map(({ index }) => index);
  if (first === undefined) return text;
  const isEmpty = /^(?:\s*(?:#.*|%.*)?\n)*$/.test(text.slice(0, first));
  const end = isEmpty ? second : first;
  return end === undefined ? text : text.slice(0, end);
}

const options = { plain: resolveYaml11, lastKeyWins: true, asYaml2: true };

const OWN_BREAKS = /[\u2028\u2029]/;

/**
 * The text with the line ends of YAML 1.2. For YAML 1.1, a next line (U+0085) is a line end, and so are U+2028 and
 * U+2029, which stay in the value: characters of the private area mark their position.
 */
function withPlainBreaks(text: string): string {
  if (!/[\r\u0085\u2028\u2029]/.test(text)) return text;
  return withinBlocks(text.replace(/\r\n?|\u0085/g, '\n'))
    .replace(/[\u2028\u2029]+ *(?=\n)/g, '')
    .replace(
      /([\u2028\u2029])( *)/g,
      (_, char, pad: string) => `\n${pad}${char === '\u2028' ? '\ue000' : '\ue001'}`,
    );
}

/** In a block, a break of its own that ends a line stays: another character of the private area marks it. */
function withinBlocks(text: string): string {
  if (!OWN_BREAKS.test(text)) return text;
  let block: number | undefined;
  const lines = text.split('\n').map((line) => {
    const indent = line.search(/[^ ]/);
    if (block !== undefined && indent >= 0 && indent <= block) block = undefined;
    if (block !== undefined) return line.replace(/[\u2028\u2029]+$/, keptBreaks);
    if (/(?:^|[-:?] )\|[-+\d]*$/.test(line)) block = indent;
    return line;
  });
  return lines.join('\n');
}

function keptBreaks(breaks: string): string {
  return breaks.replaceAll('\u2028', '\ue002').replaceAll('\u2029', '\ue003');
}

function withOwnBreaks(text: string): string {
  return text
    .replace(/[\n ]([\ue000\ue001])/g, (_, mark) => (mark === '\ue000' ? '\u2028' : '\u2029'))
    .replace(/^[\ue000\ue001]+/, '')
    .replaceAll('\ue002', '\u2028')
    .replaceAll('\ue003', '\u2029');
}

function finished(value: unknown, hasOwnBreaks: boolean): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new GoYamlError(`${value} is not a number that JSON supports`);
  if (typeof value === 'string') return hasOwnBreaks ? withOwnBreaks(value) : value;
  if (Array.isArray(value)) return mapList(value, (entry) => finished(entry, hasOwnBreaks));
  if (!isMap(value)) return value;
  const done = mapValues(value, (entry) => finished(entry, hasOwnBreaks));
  if (!hasOwnBreaks) return done;
  return Object.fromEntries(Object.entries(done).map(([key, entry]) => [withOwnBreaks(key), entry]));
}
