import type { App } from 'cdk8s';
import { inspect, types } from 'node:util';
import { completedFinding, finding, type Finding } from '../findings/finding';
import { DEBUG_VARIABLE } from '../findings/authors-stack';
import { FindingsError } from '../findings/findings-error';
import { nearestName } from '../findings/nearest-name';
import { invalidReportsOf, reportsOf } from '../flux/side-data';
import { authorsLines, isOwnFrame, type ConstructSource } from '../flux/source-line';
import { runReport } from './run-report';
import { withSources } from './with-sources';

// eslint-disable-next-line no-restricted-syntax -- the process has one listener
let isWatching = false;

/**
 * Prints what stops an app before it is synthesized as all other findings are: what our constructors refuse, and what
 * those of cdk8s and constructs do, with what was reported until then. Other errors are printed as Node prints them. Only
 * for a process that runs the author's program and nothing else: in a test runner, errors are the runner's.
 */
export function reportUncaught(app: App): void {
  if (isWatching) return;
  isWatching = true;
  process.on('uncaughtException', (error: unknown) => {
    const findings = findingsIn(error);
    const known = new Set(findings?.map(({ fingerprint }) => fingerprint));
    const before = reportedUntilNow(app).filter(({ fingerprint }) => !known.has(fingerprint));
    const all = [...before, ...(findings ?? [])];
    process.exitCode = findings ? 1 : 2;
    if (all.length > 0) runReport.print(withSources(all, app, process.cwd()));
    if (findings) runReport.finish();
    const stack = error instanceof Error ? error.stack : undefined;
    if (!findings) process.stderr.write(`${inspect(error)}\n`);
    else if (process.env[DEBUG_VARIABLE] && stack !== undefined) process.stderr.write(`${stack}\n`);
    // Waiting code must not continue with half an app.
    process.stderr.write('', () => process.exit());
  });
}

/** What constructs reported about themselves before an error stopped the program. */
function reportedUntilNow(app: App): Finding[] {
  return app.node.findAll().flatMap((construct) => {
    const invalid = invalidReportsOf(construct);
    return (invalid.length > 0 ? invalid : reportsOf(construct)).map(completedFinding);
  });
}

/** The findings that an error stands for; undefined for one of the author's own. */
export function findingsIn(error: unknown): readonly Finding[] | undefined {
  // Not instanceof: the error may come from another realm.
  if (!types.isNativeError(error)) return undefined;
  const place = authorsLines(error.stack ?? '', process.cwd());
  if (FindingsError.isFindingsError(error)) {
    return error.findings.map((found) => (found.locations.length > 0 ? found : at(found, place)));
  }
  const known = ofConstructs(error) ?? ofArguments(error);
  return known && [at(known, place)];
}

function at(found: Finding, place: ConstructSource | undefined): Finding {
  return place ? completedFinding({ ...found, locations: [place] }) : found;
}

/** Errors that cdk8s and constructs report in their own words. */
function ofConstructs({ message }: Error): Finding | undefined {
  const [, id, type, scope] =
    /^There is already a Construct with name '(.*)' in (\S+)(?: \[(.*)\])?$/.exec(message) ?? [];
  if (id !== undefined) {
    const parent = scope === undefined ? `the ${type}` : `the ${type} ${JSON.stringify(scope)}`;
    return finding({
      code: 'construct-id-duplicate',
      message: `${parent} already has a construct with the id ${JSON.stringify(id)}; ids must be unique within their scope`,
      hint: 'give one of them another id',
    });
  }
  if (message.startsWith('cannot find a parent chart')) {
    return finding({
      code: 'chart-around-missing',
      message: 'the construct is directly in the app, or in a scope outside of any Cluster, FluxApp or Chart',
      hint: "put it into a FluxApp, for example: new FluxApp(cluster, 'web')",
    });
  }
  return message === 'Only root constructs may have an empty ID'
    ? finding({
        code: 'argument-invalid',
        message: 'the id of the construct is "" or undefined; it must be a non-empty string',
        hint: 'pass an id as the second argument, for example "web"',
      })
    : undefined;
}

/**
 * A mistake in the code that only types would have caught: one of our functions, or of cdk8s, got a value of another
 * shape.
 */
function ofArguments(error: Error): Finding | undefined {
  if (error.name !== 'TypeError') return undefined;
  const top = (error.stack ?? '').split('\n').find((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  if (top === undefined || !isOwnFrame(top)) return ofExports(error);
  return finding({
    code: 'argument-invalid',
    message: `an argument has the wrong type: ${error.message}`,
    hint: `compare the arguments with their types: tsc --noEmit shows the mistake, and ${DEBUG_VARIABLE}=1 shows where it happened`,
  });
}

/** A name that we do not export, probably a mistyped one: without types it is undefined. */
function ofExports({ message }: Error): Finding | undefined {
  const [, name, what] = /(\w+) is not a (constructor|function)/.exec(message) ?? [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the index imports this file
  const near = name && nearestName(name, Object.keys(require('../index') as object));
  if (name === undefined || !near || near === name) return undefined;
  return finding({
    code: 'argument-invalid',
    message: `${name} is not a ${what}: cdk8s-flux does not export this name`,
    hint: `did you mean ${near}?`,
  });
}
