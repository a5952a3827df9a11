import { isMap } from '../plain/plain-data';
import { type Finding, finding, type ObjectIdentity } from '../findings/finding';
import { throwErrors } from '../findings/findings-error';
import { Printer, type PrintProblem } from './printer';
import { misreadsListIndent } from './list-indent';
import { fitsComment } from './scalar';

/** What is printed as one YAML document. */
export interface PrintableDocument {
  /** Plain data: maps, lists, strings, numbers, bigints, booleans and null. */
  readonly object: unknown;
  /**
   * A comment directly above the document's first key, without `#`; several lines are separated by `\n`.
   *
   * @default - no comment
   */
  readonly header?: string;
  /**
   * Comments at the end of a value's line, without `# `, by the value's JSON pointer (RFC 6901). A value can have one
   * when it is a scalar that is written on one line.
   *
   * @default - no comments
   */
  readonly comments?: ReadonlyMap<string, string>;
}

/**
 * Prints documents as YAML that means the same to readers of YAML 1.1 and 1.2, and that Flux's image automation
 * rewrites without touching more than the marked values.
 *
 * Block style; `apiVersion`, `kind`, `metadata` and `spec` first, the other keys as given; lists indented by two; long
 * strings on one line, those of several lines as blocks where that is safe; `---` between documents, and a line end
 * after the last one. Entries that are `undefined` are left out, of maps and of lists. `-0` is printed as `0`.
 *
 * @throws FindingsError `yaml-unprintable` for what YAML, or JSON behind it, cannot hold: NaN, infinities, half a
 *   surrogate pair, functions, dates and other class instances, control characters in comments, and data more than
 *   1,000 levels deep or in a loop; `yaml-comment-misplaced` for a comment that has no scalar on one line to stand at
 */
export function printDocuments(documents: readonly PrintableDocument[]): string {
  const findings: Finding[] = [];
  let out = '';
  for (const document of documents) {
    if (out !== '') out += '---\n';
    out += printHeader(document, findings) + printBody(document, findings);
  }
  throwErrors(findings);
  return out;
}

function printHeader({ object, header }: PrintableDocument, findings: Finding[]): string {
  if (header === undefined) return '';
  const lines = header.split('\n');
  if (!lines.every(fitsComment)) findings.push(describe(object, unfitComment(header)));
  return lines.map((line) => `# ${line}`.trimEnd() + '\n').join('');
}

function printBody({ object, comments }: PrintableDocument, findings: Finding[]): string {
  const printer = new Printer('wide', comments);
  const text = printer.print(object);
  for (const problem of printer.problems) findings.push(describe(object, problem));
  for (const comment of comments?.values() ?? []) {
    if (!fitsComment(comment)) findings.push(describe(object, unfitComment(comment)));
  }
  if (!printer.listIndentIsUnclear || !misreadsListIndent(text)) return text;
  return new Printer('compact', comments).print(object);
}

function unfitComment(comment: string): PrintProblem {
  return {
    code: 'yaml-unprintable',
    message: `the comment ${JSON.stringify(comment)} contains characters that are not allowed in a YAML comment`,
    hint: 'remove line breaks and control characters',
    path: [],
  };
}

function describe(object: unknown, { code, message, hint, path }: PrintProblem): Finding {
  const identity = identityOf(object);
  const name =
    identity &&
    `${identity.kind} ${JSON.stringify([identity.namespace, identity.name].filter(Boolean).join('/'))}`;
  return finding({
    code,
    message: name === undefined ? message : `${message} (in ${name})`,
    hint,
    object: identity,
    field: path.length > 0 ? path.join('.') : undefined,
  });
}

/** The identity of an object, as far as it has one. */
function identityOf(object: unknown): ObjectIdentity | undefined {
  if (!isMap(object) || typeof object.kind !== 'string') return undefined;
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = isMap(metadata) ? metadata : {};
  return {
    group:
      typeof apiVersion === 'string' && apiVersion.includes('/')
        ? apiVersion.slice(0, apiVersion.indexOf('/'))
        : '',
    kind,
    name: typeof name === 'string' ? name : '',
    ...(typeof namespace === 'string' ? { namespace } : {}),
  };
}
