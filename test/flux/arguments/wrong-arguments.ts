import { Construct } from 'constructs';
import * as fc from 'fast-check';
import * as flux from '../../../lib';
import { ARGUMENT_SHAPES } from '../../../lib/flux/generated/argument-shapes';
import type { MapShape } from '../../../lib/flux/arguments/argument-shape';
import { planApp } from '../../../lib/plan/plan';

type Make = (scope: unknown, id: unknown, props: unknown) => unknown;

/** The functions that create each public construct, by name. */
export const makers: readonly (readonly [string, Make])[] = Object.entries(flux).flatMap(
  ([name, exported]): (readonly [string, Make])[] => {
    if (typeof exported !== 'function' || !(exported.prototype instanceof Construct)) return [];
    if (['GitOpsApp', 'FluxObject', 'OrderedObject', 'Credentials'].includes(name)) return [];
    if (name === 'Manifests') {
      return [
        [
          name,
          (scope, id, options) =>
            flux.Manifests.fromFile(scope as Construct, id as string, 'package.json', options as object),
        ],
      ];
    }
    const Class = exported as unknown as new (...given: unknown[]) => unknown;
    if (name === 'ExternalSecretsObject')
      return [[name, (scope, id, props) => new Class(scope, id, 'SecretStore', props)]];
    return [[name, (scope, id, props) => new Class(scope, id, props)]];
  },
);

/** Values that a program without types may pass. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    'text',
    0,
    1.5,
    Number.NaN,
    true,
    false,
    Symbol('s'),
    () => 'text',
    10n,
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [null],
    [undefined],
    [[]],
    [{}],
    ['text'],
    { a: null },
    { a: { b: [null] } },
    new Date(0),
  ),
  fc.record({
    resources: fc.constantFrom<unknown>(1, [null], ['a'], [{}]),
    patches: fc.constantFrom<unknown>('a', [1], [{}]),
  }),
  fc.constantFrom<unknown>(new Map(), Object.create(null), new flux.GitOpsApp({ outdir: '/nowhere' })),
);

function namesOf(name: string): string[] {
  const { fields }: MapShape =
    ARGUMENT_SHAPES[name as keyof typeof ARGUMENT_SHAPES] ?? ARGUMENT_SHAPES.FluxObject;
  const printed = [
    'dependsOn',
    'sourceRef',
    'values',
    'postBuild',
    'healthChecks',
    'sources',
    'install',
    'rollback',
    'interval',
  ];
  return [...Object.keys(fields), ...printed, 'mistyped'];
}

function propsOf(name: string): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 1, arbitrary: junk },
    {
      weight: 3,
      arbitrary: fc.dictionary(fc.constantFrom(...namesOf(name)), junk, {
        maxKeys: 5,
        noNullPrototype: true,
      }),
    },
  );
}

/** Creates a construct in its own app, and plans the app. */
export function tried(make: Make, props: unknown, scope?: unknown, id: unknown = 'x'): unknown {
  const app = new flux.GitOpsApp({ outdir: '/nowhere' });
  try {
    const cluster = new flux.Cluster(app, 'home', { path: './cluster-resources/flux' });
    make(scope ?? new flux.FluxApp(cluster, 'web'), id, props);
    return planApp(app).findings;
  } catch (error) {
    return error;
  }
}

/**
 * Passes props of many shapes to a constructor. Each must lead to findings, and to no other error.
 *
 * @param runs - how many props, from a seed
 */
export function expectFindings(name: string, make: Make, runs: { seed: number; numRuns: number }): void {
  fc.assert(
    fc.property(propsOf(name), (props) => {
      const result = tried(make, props);
      if (!(result instanceof Error) || flux.FindingsError.isFindingsError(result)) return;
      throw result;
    }),
    runs,
  );
}
