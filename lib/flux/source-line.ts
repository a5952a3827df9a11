import { relative } from 'node:path';
import type { IConstruct } from 'constructs';
import { isAuthorsFile, isOwnFile, parseFrame } from '../findings/authors-stack';
import { withSlashes } from '../plain/with-slashes';

const SOURCE = Symbol.for('cdk8s-flux.Source');
const WATCHED = Symbol.for('cdk8s-flux.WatchesSources');
const SHARED = Symbol.for('cdk8s-flux.SharesSource');

/** How many frames are kept: those of libraries that created the construct, the author's, and that of the caller. */
const FRAMES = 10;

type AddChild = (this: Sharing, child: IConstruct, id: string) => void;
/** The node of a construct that creates the child with this id by itself. */
type Sharing = { [SHARED]?: string };
type Sourced = IConstruct & { [SOURCE]?: { stack?: string } };

/** Where the author's code made a construct. */
export interface ConstructSource {
  /** The line, as `file:line`. */
  readonly source: string;
  /** The line in another file that called the function which made it; undefined when there is none. */
  readonly calledFrom?: string;
}

/**
 * Remembers from now on where constructs are made: ours, those of cdk8s-plus, and plain ApiObjects. `constructs` offers
 * no other place that sees each of them than the method by which a scope takes its children.
 *
 * @param construct - any construct: it leads to the copy of `constructs` that the app uses
 */
export function watchSources(construct: IConstruct): void {
  const prototype = Object.getPrototypeOf(construct.node) as { addChild: AddChild; [WATCHED]?: true };
  if (prototype[WATCHED] || typeof prototype.addChild !== 'function') return;
  Object.defineProperty(prototype, WATCHED, { value: true });
  const { addChild } = prototype;
  prototype.addChild = function (child, id) {
    if (this[SHARED] !== id) rememberSource(child);
    addChild.call(this, child, id);
  };
}

/**
 * Remembers where a construct is made, unless that is known. V8 notes the frames in a few microseconds, and turns them
 * into text only when `sourceOf` asks for it. The constructors of the construct's class are left out.
 */
export function rememberSource(construct: IConstruct): void {
  if (SOURCE in construct || isPart(construct)) return;
  const trace: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(trace, construct.constructor);
  Error.stackTraceLimit = limit;
  Object.defineProperty(construct, SOURCE, { value: trace });
}

/** Says that a construct makes a child by itself: that is where the construct is made, which is known already. */
export function shareSource(construct: IConstruct, id: string): void {
  if (SOURCE in construct) (construct.node as Sharing)[SHARED] = id;
}

/** A construct that is still being added has no node. */
function isPart({ node }: Partial<IConstruct>): boolean {
  return node?.scope !== undefined && (node.scope.node as Sharing)[SHARED] === node.id;
}

/**
 * The line of the author's code that made a construct, or the nearest one around it of which that is known.
 *
 * @param root - the folder from which files are named
 */
export function sourceOf(construct: IConstruct, root: string): ConstructSource | undefined {
  for (let current: IConstruct | undefined = construct; current; current = current.node.scope) {
    const { stack } = (current as Sourced)[SOURCE] ?? {};
    const found = stack === undefined ? undefined : authorsLines(stack, root);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first line of the author's in a stack, and the first one after it in another file. */
export function authorsLines(stack: string, root: string): ConstructSource | undefined {
  let made: { readonly file: string; readonly source: string } | undefined;
  for (const frame of stack.split('\n')) {
    const place = parseFrame(frame);
    if (!place || !isAuthorsFile(place.file) || place.file === made?.file) continue;
    const source = `${withSlashes(relative(root, place.file))}:${place.line}`;
    if (made) return { source: made.source, calledFrom: source };
    made = { file: place.file, source };
  }
  return made && { source: made.source };
}

/** Whether a frame of a stack is in this package, cdk8s or constructs. */
export function isOwnFrame(frame: string): boolean {
  const { file } = parseFrame(frame) ?? {};
  if (file === undefined) return false;
  return isOwnFile(file) || /[\\/]node_modules[\\/](?:cdk8s|constructs|cdk8s-plus-\d+)[\\/]/.test(file);
}
