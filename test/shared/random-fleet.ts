import fc from 'fast-check';
import type { ManifestDocument, ManifestObject } from '../../lib/tree/manifest';
import { configMap, type RenderedCluster } from './rendered-fleet';

/** Texts that YAML, kustomize and Flux's substitution could misread. */
const text = fc.constantFrom(
  'a',
  'yes',
  '1',
  '0o7',
  '1e3',
  '',
  ' x ',
  'a: b',
  '# no comment',
  'two\nlines\n',
  '${region}',
  'in-${region}',
  '$${kept}',
  '$',
  '~',
  'null',
);
const scalar = fc.oneof(
  text,
  fc.boolean(),
  fc.constantFrom(0, 1, -7, 1.5, 0.1, 1e21, 2 ** 53, 8080),
  fc.constant(null),
);
const key = fc.constantFrom('a', 'b', 'c/d', 'e~f', 'x.y');

const values: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
})).value;

const container = fc.record(
  {
    name: fc.constantFrom('main', 'proxy', 'init'),
    image: fc.constantFrom('web:1', 'web:2', 'proxy:1'),
    args: fc.array(text, { maxLength: 3 }),
    env: fc.uniqueArray(fc.record({ name: fc.constantFrom('A', 'B', 'C'), value: text }), {
      selector: ({ name }) => name,
      maxLength: 3,
    }),
    ports: fc.uniqueArray(
      fc.record(
        { containerPort: fc.constantFrom(80, 443), protocol: fc.constantFrom('TCP', 'UDP') },
        { requiredKeys: ['containerPort'] },
      ),
      { selector: ({ containerPort }) => containerPort, maxLength: 2 },
    ),
  },
  { requiredKeys: ['name', 'image'] },
);
const containers = fc.uniqueArray(container, { selector: ({ name }) => name, minLength: 1, maxLength: 3 });

const object: fc.Arbitrary<ManifestObject> = fc.oneof(
  fc
    .tuple(fc.constantFrom('one', 'two'), fc.dictionary(fc.constantFrom('a', 'b', 'c'), text))
    .map(([name, data]) => configMap(name, data)),
  fc
    .tuple(fc.constantFrom('web', 'db'), fc.dictionary(key, values, { maxKeys: 5 }))
    .map(([name, given]): ManifestObject => ({
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name, namespace: 'web' },
      spec: { interval: '60m', values: given },
    })),
  fc.tuple(containers, fc.nat(3)).map(([list, replicas]): ManifestObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'web', labels: { app: 'web' } },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: list } },
    },
  })),
);

const objects = fc.uniqueArray(object, {
  selector: ({ kind, metadata }) => `${kind}/${metadata?.name}`,
  minLength: 1,
  maxLength: 4,
});

/** Whether the image of the first container is marked for image automation. */
function marked(documents: readonly ManifestObject[], isMarked: boolean): ManifestDocument[] {
  return documents.map((one) =>
    isMarked && one.kind === 'Deployment'
      ? {
          object: one,
          comments: new Map([
            ['/spec/template/spec/containers/0/image', '{"$imagepolicy": "flux-system:web"}'],
          ]),
        }
      : { object: one },
  );
}

/**
 * Fleets of two to six clusters in two environments. What they run consists of a few variants of each app, so that much
 * is equal, and something differs.
 */
export const randomFleet: fc.Arbitrary<readonly RenderedCluster[]> = fc
  .tuple(fc.array(objects, { minLength: 2, maxLength: 3 }), fc.array(objects, { minLength: 1, maxLength: 2 }))
  .chain(([web, api]) =>
    fc
      .array(
        fc.record({
          environment: fc.constantFrom('production', 'staging'),
          web: fc.constantFrom(...web),
          api: fc.option(fc.constantFrom(...api), { nil: undefined }),
          isMarked: fc.boolean(),
          hasSecret: fc.boolean(),
          hasKeys: fc.boolean(),
        }),
        { minLength: 2, maxLength: 6 },
      )
      .map((clusters) =>
        clusters.map(
          ({ environment, web: one, api: other, isMarked, hasSecret, hasKeys }, index): RenderedCluster => {
            const name = `c${index}`;
            const own = configMap('cluster', { name });
            return {
              name,
              groups: [environment],
              apps: {
                web: marked([...one, own], isMarked),
                ...(other && { api: marked(other, false) }),
                ...(hasKeys && { keys: [] }),
              },
              secrets: {
                ...(hasSecret && { 'web/secret.yaml': secretOf(name) }),
                ...(hasKeys && { 'keys/deep/secret.yaml': secretOf(name) }),
              },
              spec: { postBuild: { substitute: { region: `region-${name}` } } },
            };
          },
        ),
      ),
  );

function secretOf(name: string): string {
  return `apiVersion: v1\nkind: Secret\nmetadata:\n  name: secret\n  namespace: web\ndata:\n  a: ENC[AES256_GCM,data:${name},type:str]\nsops:\n  version: 3.9.0\n`;
}
