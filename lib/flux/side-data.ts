import type { IConstruct } from 'constructs';
import type { FindingInput } from '../findings/finding';

/** Our data about a construct that is not part of the Kubernetes object. */
interface SideData {
  file?: string;
  header?: string;
  comments?: Map<string, string>;
  findings?: FindingInput[];
  writtenForFlux?: true;
  invalid?: FindingInput[];
}

const SIDE_DATA = Symbol.for('cdk8s-flux.SideData');

function sideData(construct: IConstruct): SideData {
  const holder = construct as IConstruct & { [SIDE_DATA]?: SideData };
  if (!holder[SIDE_DATA]) Object.defineProperty(holder, SIDE_DATA, { value: {} });
  return holder[SIDE_DATA] as SideData;
}

function peek(construct: IConstruct): SideData | undefined {
  return (construct as IConstruct & { [SIDE_DATA]?: SideData })[SIDE_DATA];
}

/**
 * Sets the file for the objects of a construct, relative to the directory of its `FluxApp` or `Cluster`. By default,
 * the file is `<id>.yaml`, with the id of the direct child of the directory that contains them.
 *
 * @param construct - any construct: one of cdk8s-flux or cdk8s-plus, or an `ApiObject`
 * @param file - for example `release.yaml`
 */
export function setFile(construct: IConstruct, file: string): void {
  sideData(construct).file = file;
}

/** The file named for this very construct, if one was. */
export function fileOf(construct: IConstruct): string | undefined {
  return peek(construct)?.file;
}

/**
 * Adds a comment above the `apiVersion` of an object.
 *
 * @param construct - the construct of the object, an `ApiObject`
 * @param text - the comment without `#`; it may have several lines
 */
export function setHeader(construct: IConstruct, text: string): void {
  sideData(construct).header = text;
}

/** The comment above an object's `apiVersion`, if one was set. */
export function headerOf(construct: IConstruct): string | undefined {
  return peek(construct)?.header;
}

/**
 * Adds a comment at the end of the line of a field.
 *
 * @param construct - the construct of the object, an `ApiObject`
 * @param pointer - the field, as a JSON pointer, for example `/spec/ref/tag`
 * @param text - the comment without `#`
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function setComment(construct: IConstruct, pointer: string, text: string): void {
  const data = sideData(construct);
  data.comments ??= new Map();
  data.comments.set(pointer, text);
}

/** The comments at the ends of an object's lines, by JSON pointer. */
export function commentsOf(construct: IConstruct): ReadonlyMap<string, string> | undefined {
  return peek(construct)?.comments;
}

/** Says that an object's text is as Flux reads it: `${name}` in it is a variable, and `$${name}` is none. */
export function setWrittenForFlux(construct: IConstruct): void {
  sideData(construct).writtenForFlux = true;
}

/** Whether an object's text is as Flux reads it. */
export function isWrittenForFlux(construct: IConstruct): boolean {
  return peek(construct)?.writtenForFlux === true;
}

/**
 * Reports a finding about a construct. Synth prints all findings of an app together; if one of them is an error, synth
 * writes nothing.
 */
export function report(construct: IConstruct, found: FindingInput): void {
  const data = sideData(construct);
  data.findings ??= [];
  data.findings.push({ ...found, locations: found.locations ?? [{ constructPath: construct.node.path }] });
}

/** What was reported about this very construct. */
export function reportsOf(construct: IConstruct): readonly FindingInput[] {
  return peek(construct)?.findings ?? [];
}

/** Reports something about a construct that was made with stand-ins for arguments which could not be used. */
export function reportInvalid(construct: IConstruct, found: readonly FindingInput[]): void {
  if (found.length === 0) return;
  const data = sideData(construct);
  if (!data.invalid) {
    data.invalid = [];
    // A plain App knows no findings, and must not synthesize stand-ins either.
    construct.node.addValidation({ validate: () => invalidReportsOf(construct).map(inOneLine) });
  }
  data.invalid.push(...found.map((one) => ({ ...one, locations: [{ constructPath: construct.node.path }] })));
}

function inOneLine({ code, field, message, hint }: FindingInput): string {
  return `${code}: ${field === undefined ? '' : `${field}: `}${message}${hint === undefined ? '' : `; fix: ${hint}`}`;
}

/** What was wrong with the arguments of this very construct; what else is found of it then says nothing new. */
export function invalidReportsOf(construct: IConstruct): readonly FindingInput[] {
  return peek(construct)?.invalid ?? [];
}
