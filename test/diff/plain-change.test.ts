import { fluxKustomization } from '../graph/tree-of';
import { changesOf, diffOf, settings } from './pair-of-trees';
import { claimsOf, manifest } from './cases';

const file = 'clusters/prod/file.yaml';
const messages = (before: string, after: string) =>
  changesOf(diffOf({ [file]: before }, { [file]: after })).map(
    ({ class: name, message }) => `${name}: ${message}`,
  );

describe('a change without a better class', () => {
  const deployment = manifest('apps/v1', 'Deployment');

  it.each([
    ['replicas: 2', 'replicas: 5', 'Flux scales it from 2 to 5 pods'],
    ['replicas: 2', 'replicas: 0', 'Flux scales it from 2 to 0 pods: all its pods stop'],
    ['paused: false', 'paused: false, replicas: 3', 'Flux scales it from 1 to 3 pods'],
    [
      'replicas: 2, paused: false',
      'replicas: 1, paused: true',
      'Flux scales it from 2 to 1 pods, and updates spec.paused',
    ],
  ])('reports how a workload is scaled: %s, %s', (before, after, message) => {
    const claims = claimsOf(['', deployment(`spec: { ${before} }`), deployment(`spec: { ${after} }`)]);
    expect(claims).toMatchObject([{ class: 'changed', message }]);
  });

  it('names the releases that read values from it, and when they change', () => {
    const release =
      '---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: web, namespace: shop }\nspec: { interval: 1h, chartRef: { kind: OCIRepository, name: web }, valuesFrom: [{ kind: ConfigMap, name: values }] }\n';
    const values = (value: string, more = '') => settings('values', value, more) + release;
    expect(messages(values('1'), values('2'))).toEqual([
      'changed: Flux updates one field, and upgrades HelmRelease "shop/web" with the new values at its next interval',
    ]);
    const watched = '  labels: { reconcile.fluxcd.io/watch: Enabled }\n';
    expect(messages(values('1', watched), values('2', watched))[0]).toMatch(/with the new values at once$/);
  });

  it('reports that a suspended Flux object acts on it once it is resumed', () => {
    const release = (version: string) =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: web, namespace: shop }\nspec: { interval: 1h, suspend: true, chart: { spec: { chart: web, version: ${version}, sourceRef: { kind: HelmRepository, name: r } } } }\n`;
    expect(messages(release('1.0.0'), release('2.0.0'))).toEqual([
      'upgraded: once it is resumed: chart web changes from 1.0.0 to 2.0.0 (major)',
    ]);
  });
});

describe('a source', () => {
  const source = (ref: string) =>
    `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: app, namespace: shop }\nspec: { interval: 1h, url: "https://example.com/app", ref: { ${ref} } }\n`;

  it.each([
    ['tag: v1.0.0', 'tag: v1.1.0', 'Flux gets the content of tag "v1.1.0" instead of "v1.0.0" (minor)'],
    ['branch: main', 'branch: next', 'Flux gets the content of branch "next" instead of "main"'],
    [
      'branch: main',
      'tag: v1.0.0',
      'Flux gets the content from another place: spec.ref.branch and spec.ref.tag change',
    ],
  ])('is reported with its revision: %s, %s', (before, after, message) => {
    expect(messages(source(before), source(after))).toEqual([`source-changed: ${message}`]);
  });
});

describe('a claim', () => {
  const claim = (spec: string) =>
    `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data, namespace: shop }\nspec: { ${spec} }\n`;
  const storage = (size: string, more = '') => claim(`resources: { requests: { storage: ${size} } }${more}`);
  const storageClass = (name: string, more: string) =>
    `---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: ${name}, annotations: { storageclass.kubernetes.io/is-default-class: "true" } }\nprovisioner: a.b\n${more}`;

  it.each([
    ['has a class that allows it', storageClass('fast', 'allowVolumeExpansion: true\n'), 'changed'],
    ['has a class that does not', storageClass('fast', ''), 'refused'],
    ['has a class of which git knows nothing', '', 'changed'],
  ])('that grows and %s is correct', (_, more, name) => {
    const [before, after] = ['1Gi', '2Gi'].map((size) => storage(size, ', storageClassName: fast') + more);
    expect(messages(before as string, after as string)[0]).toMatch(new RegExp(`^${name}`));
  });

  it('may only get another text for the default class', () => {
    const more = storageClass('fast', '');
    const messagesOf = (name: string) =>
      messages(storage('1Gi') + more, storage('1Gi', `, storageClassName: ${name}`) + more);
    expect(messagesOf('fast')[0]).toMatch(/^changed/);
    expect(messagesOf('slow')[0]).toMatch(/^refused: .*unless the claim has the class "slow" or none/);
  });
});

describe('a Kustomization that gets another path', () => {
  const hintOf = (path: string): string | undefined => {
    const files = {
      'a/one.yaml': settings('one'),
      'b/one.yaml': settings('one'),
      'c/two.yaml': settings('two'),
    };
    const kustomization = (of: string) => ({ ...files, [file]: fluxKustomization('apps', of) });
    const changes = changesOf(diffOf(kustomization('./a'), kustomization(path)));
    return changes.find(({ class: name }) => name === 'source-changed')?.hint;
  };

  it('is reported to lose nothing if it applies the same', () => {
    expect(hintOf('./b')).toBe(
      'nothing to do: the new place contains all objects of the old one, so Flux prunes nothing',
    );
  });

  it('is reported to prune what the new path lacks', () => {
    expect(hintOf('./c')).toContain('Flux prunes missing objects');
  });
});
