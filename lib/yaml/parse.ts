import { parseEvents, YAMLException } from 'js-yaml';
import { type Finding, finding, type FindingLocation } from '../findings/finding';
import { throwErrors } from '../findings/findings-error';
import { type ConstructedDocument, Constructor } from './compose';
import { Lines } from './lines';
import type { ParseOptions } from './parse-options';
import { withShallowCloses } from './shallow-close';
import { syntaxReason } from './syntax-reason';

/** How deep collections may lie in one another. */
export const MAX_PARSE_DEPTH = 1_100;

/** A YAML document as plain data. */
export interface ParsedDocument {
  /** The data; `null` for an empty document. */
  readonly value: unknown;
  /** The line at which the document's content starts, counted from 1. */
  readonly line: number;
}

/**
 * Reads the documents of a YAML file as Flux does (kyaml, on yaml.v3): YAML 1.2's core schema with YAML 1.1's octals
 * (`0400` is 256) and merge keys. `yes`, `on` and dates stay strings, and keys are the text that stands in the file.
 *
 * Integers of up to 64 bits that a JavaScript number cannot hold are bigints, which `printDocuments` writes with the
 * same digits; `JSON.stringify` refuses them. Aliases are copies of what they stand for.
 *
 * @param text the file's content; a byte order mark and CRLF line ends are understood
 * @param file the file's path, for findings
 * The findings say where, and quote nothing of the file, in which any text may be a secret.
 *
 * @throws FindingsError `merge-conflict` for each conflict that git left in the file; otherwise `yaml-invalid` for
 *   syntax errors (the first of each document), duplicate keys, and aliases without anchor, with a loop, or that stand
 *   for more than 100,000 values
 */
export function parseDocuments(text: string, file: string, options: ParseOptions = {}): ParsedDocument[] {
  const lines = new Lines(text);
  throwErrors(findConflicts(text, file));
  const { documents, findings } = readChunk(text, 0, { file, lines, options });
  if (documents === undefined) throwErrors(withTemplate(readEach(text, file, lines), text, file));
  throwErrors(withTemplate(findings, text, file));
  const markers = findMarkers(text);
  return (documents ?? []).map(({ value, offset, explicitStart }) => {
    const marker = explicitStart ? markers.next().value : undefined;
    return { value, line: lines.at(offset ?? marker ?? 0) };
  });
}

type FilePlace = Pick<FindingLocation, 'file' | 'line' | 'column'>;

/** The file that a part belongs to. */
interface ChunkSource {
  readonly file: string;
  readonly lines: Lines;
  readonly options?: ParseOptions;
}

interface Chunk {
  readonly documents?: readonly ConstructedDocument[];
  readonly findings: readonly Finding[];
}

/** Finds the markers that git writes into a file that it cannot merge. */
function findConflicts(text: string, file: string): Finding[] {
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return [];
  return text.split('\n').flatMap((content, index) =>
    /^<{7}(?:[ \r]|$)/.test(content)
      ? finding({
          code: 'merge-conflict',
          message: 'the file has an unresolved merge conflict',
          hint: 'resolve the conflict, and remove the lines that start with "<<<<<<<", "=======" and ">>>>>>>"',
          locations: [{ file, line: index + 1 }],
        })
      : [],
  );
}

/** The offsets of the `---` lines. They end every scalar, so each is the start of a document. */
function* findMarkers(text: string): Generator<number> {
  for (const match of text.matchAll(/^\ufeff?---(?=\s|$)/gm)) yield match.index;
}

/** Reads a part of a file that starts at `start`. Returns no documents if its syntax is wrong. */
function readChunk(text: string, start: number, { file, lines, options = {} }: ChunkSource): Chunk {
  try {
    const { documents, problems } = withShallowCloses(
      text,
      (readable) => construct(readable, options),
      options.asYaml2,
    );
    const findings = problems.map(({ message, hint, offset }) =>
      invalid({ file, ...lines.placeOf(start + offset) }, message, hint),
    );
    return { documents, findings };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = lines.at(start) + (error.mark?.line ?? 0);
    const place = { file, line, column: (error.mark?.column ?? 0) + 1 };
    return { findings: [invalid(place, syntaxReason(error.reason), 'correct the YAML syntax')] };
  }
}

function construct(text: string, options: ParseOptions): Constructor {
  const constructor = new Constructor(text, options);
  constructor.build(parseEvents(text, { maxDepth: MAX_PARSE_DEPTH }));
  return constructor;
}

/** Reads each document separately, to find more than the first mistake of a file with wrong syntax. */
function readEach(text: string, file: string, lines: Lines): readonly Finding[] {
  const starts = [0, ...[...findMarkers(text)].filter((offset) => offset > 0)];
  const findings = starts.flatMap(
    (start, index) => readChunk(text.slice(start, starts[index + 1]), start, { file, lines }).findings,
  );
  // Directives apply to the documents below them, so their mistakes show only in the whole file.
  return findings.length > 0 ? findings : readChunk(text, 0, { file, lines }).findings;
}

/** A template expression outside of quotes, such as `{{ .Values.name }}` or `{% if ready %}`. */
const TEMPLATE = /\{\{|\{%/;
/** The parts of a line in which an expression is no mistake: what is in quotes, and comments. */
const HARMLESS = /"[^"]*"|'[^']*'|(?:^|\s)#.*/g;

/** One finding for a file whose first mistake is a template expression: the others follow from it or are more of them. */
function withTemplate(findings: readonly Finding[], text: string, file: string): readonly Finding[] {
  const [line] = findings.flatMap(({ locations: [place] }) => place?.line ?? []);
  if (line === undefined) return findings;
  const [before = '', at = ''] = `\n${text}`.split('\n').slice(line - 1, line + 1);
  // After a line that is only an expression, the next one is the mistake.
  if (!TEMPLATE.test(at.replace(HARMLESS, '')) && !/^\s*(?:\{\{|\{%)/.test(before)) return findings;
  return [
    finding({
      code: 'yaml-invalid',
      message: 'a template expression such as {{ … }} is not YAML, and Flux renders no templates',
      hint: 'put the value in quotes if it shall contain the expression; otherwise, commit what the template renders to, or install a Helm chart with a HelmRelease',
      locations: [{ file, line }],
    }),
  ];
}

/** The column is also in the message, because text output shows only the line. */
function invalid(place: Required<FilePlace>, reason: string, hint: string): Finding {
  const message = `${reason} (column ${place.column})`;
  return finding({ code: 'yaml-invalid', message, hint, locations: [place] });
}
