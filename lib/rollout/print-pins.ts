import { compareText } from '../plain/compare-text';
import { printDocuments } from '../yaml/print';
import type { PinValue } from './pins';

/** What a new pins file says, by name and ring. */
export interface NewPins {
  readonly pins: ReadonlyMap<string, ReadonlyMap<string, PinValue>>;
  /**
   * By pin, how Renovate finds its versions, for example `datasource=helm depName=podinfo registryUrl=https://…`.
   *
   * @default - Renovate updates none
   */
  readonly renovate?: ReadonlyMap<string, string>;
}

const HEADER = [
  'The version that each ring of the fleet runs. Renovate updates the first ring;',
  'cdk8s-flux promote copies a version to the next one.',
];

/** Prints a new pins file: pins by name, rings in the order given, the first with the comment for Renovate. */
export function printPins({ pins, renovate = new Map() }: NewPins): string {
  const names = [...pins.keys()].sort(compareText);
  const lines = names.flatMap((name) => {
    const values = [...(pins.get(name) ?? [])];
    const comment = renovate.get(name);
    return [
      ...printed({ [name]: 0 }).map((line) => line.replace(/ 0$/, '')),
      ...(comment === undefined ? [] : [`  # renovate: ${comment}`]),
      ...values.flatMap(([ring, value]) => printed({ [ring]: value }).map((line) => `  ${line}`)),
    ].map((line) => `  ${line}`);
  });
  const body = names.length === 0 ? ['pins: {}'] : ['pins:', ...lines];
  return [...HEADER.map((line) => `# ${line}`), 'version: 1', ...body, ''].join('\n');
}

function printed(object: Readonly<Record<string, PinValue>>): string[] {
  return printDocuments([{ object }]).trimEnd().split('\n');
}
