import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IConstruct } from 'constructs';

const SOURCE = Symbol.for('cdk8s-flux.Source');

/** The folder of this package's code: its frames are not the author's. */
const OWN = dirname(__dirname) + sep;

/** How many frames are kept: the author's is the first, unless a construct of ours made this one. */
const FRAMES = 4;

/**
 * Remembers where a construct is made. V8 notes the frames in a few microseconds, and turns them into text only when
 * `sourceOf` asks for it.
 *
 * @param constructor - the class that the author used, `new.target`: what it calls is left out
 */
export function rememberSource(construct: IConstruct, constructor: NewableFunction): void {
  const trace: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(trace, constructor);
  Error.stackTraceLimit = limit;
  Object.defineProperty(construct, SOURCE, { value: trace });
}

/**
 * The line of the author's code, as `file:line`, that made a construct or the nearest one around it of which that is
 * known.
 *
 * @param root - the folder from which the file is named
 */
export function sourceOf(construct: IConstruct, root: string): string | undefined {
  for (let current: IConstruct | undefined = construct; current; current = current.node.scope) {
    const { stack } = (current as IConstruct & { [SOURCE]?: { stack?: string } })[SOURCE] ?? {};
    const found = stack === undefined ? undefined : authorsLine(stack, root);
    if (found !== undefined) return found;
  }
  return undefined;
}

function authorsLine(stack: string, root: string): string | undefined {
  for (const frame of stack.split('\n')) {
    const [, place, line] = /^\s+at (?:.* \()?(.*?):(\d+):\d+\)?$/.exec(frame) ?? [];
    if (place === undefined || place.startsWith('node:')) continue;
    const file = place.startsWith('file:') ? fileURLToPath(place) : place;
    if (file.startsWith(OWN) || file.split(sep).includes('node_modules')) continue;
    return `${relative(root, file).split(sep).join('/')}:${line}`;
  }
  return undefined;
}
