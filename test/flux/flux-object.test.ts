import { App, Chart, Duration, JsonPatch, Lazy, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Alert,
  ArtifactGenerator,
  GitRepository,
  Kustomization,
  Provider,
  type DurationText,
  type GitRepositoryProps,
} from '../../lib';
import { durationText } from '../../lib/flux/duration';

const PROPS: GitRepositoryProps = { url: 'https://example.com/repo', interval: '1m15s' };

function render(props: object, chart = Testing.chart()): Record<string, unknown> {
  return new GitRepository(chart, 'repo', { ...PROPS, ...props }).toJson();
}

describe('a Flux object', () => {
  it('keeps the author’s order of fields and drops what is undefined', () => {
    const { spec, metadata } = render({ ref: { branch: 'main', tag: undefined }, timeout: undefined });
    expect(JSON.stringify(spec)).toBe(
      '{"url":"https://example.com/repo","interval":"1m15s","ref":{"branch":"main"}}',
    );
    expect(Object.keys(metadata as object)).toEqual(['name', 'namespace']);
  });

  it('keeps null, which removes a default', () => {
    expect(render({ ignore: null })).toMatchObject({ spec: { ignore: null } });
  });

  it('is in flux-system unless the chart or the author sets a namespace', () => {
    expect(render({}).metadata).toMatchObject({ namespace: 'flux-system' });
    expect(render({}, new Chart(Testing.app(), 'c', { namespace: 'apps' })).metadata).toMatchObject({
      namespace: 'apps',
    });
    expect(render({ namespace: 'own' }).metadata).toMatchObject({ namespace: 'own' });
  });

  it('resolves cdk8s tokens and resolvers of the app', () => {
    const app = new App({
      outdir: 'unused',
      resolvers: [
        { resolve: (context) => void (context.value === 'BRANCH' && context.replaceValue('main')) },
      ],
    });
    const ref = Lazy.any({ produce: () => ({ branch: 'BRANCH' }) });
    expect(render({ ref }, new Chart(app, 'chart')).spec).toMatchObject({ ref: { branch: 'main' } });
  });

  it('accepts durations as strings or as cdk8s Duration', () => {
    expect(render({ interval: Duration.hours(1), timeout: '90s' }).spec).toMatchObject({
      interval: '60m',
      timeout: '90s',
    });
  });

  it.each<[Duration, DurationText]>([
    [Duration.millis(0), '0s'],
    [Duration.millis(1500), '1s500ms'],
    [Duration.seconds(75), '1m15s'],
    [Duration.days(1), '1440m'],
  ])('writes %s as %s', (duration, text) => {
    expect(durationText(duration)).toBe(text);
  });

  it('refers to constructs by what the field needs', () => {
    const chart = new Chart(Testing.app(), 'chart', { namespace: 'apps' });
    const source = new GitRepository(chart, 'source', { ...PROPS, namespace: 'flux-system' });
    const secret = new kplus.Secret(chart, 'credentials');
    const config = new kplus.ConfigMap(chart, 'variables');
    const deployment = new kplus.Deployment(chart, 'web', { containers: [{ image: 'nginx' }] });
    const account = new kplus.ServiceAccount(chart, 'deployer');
    const repo = new GitRepository(chart, 'private', { ...PROPS, secretRef: secret });
    const kustomization = new Kustomization(chart, 'apps', {
      interval: '10m',
      prune: true,
      sourceRef: source,
      serviceAccountName: account,
      postBuild: { substituteFrom: [config, { kind: 'Secret', name: 'elsewhere', optional: true }] },
      healthChecks: [deployment],
    });
    expect(repo.toJson()).toMatchObject({ spec: { secretRef: { name: secret.name } } });
    expect(kustomization.toJson()['spec']).toEqual({
      interval: '10m',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: source.name, namespace: 'flux-system' },
      serviceAccountName: account.name,
      postBuild: {
        substituteFrom: [
          { kind: 'ConfigMap', name: config.name },
          { kind: 'Secret', name: 'elsewhere', optional: true },
        ],
      },
      healthChecks: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: deployment.name, namespace: 'apps' }],
    });
  });

  it('accepts constructs as the sources of artifacts', () => {
    const chart = new Chart(Testing.app(), 'chart', { namespace: 'apps' });
    const source = new GitRepository(chart, 'source', { ...PROPS, namespace: 'flux-system' });
    const generator = new ArtifactGenerator(chart, 'generator', {
      sources: [
        { alias: 'a', source },
        { alias: 'b', source: GitRepository.fromName('other') },
        { alias: 'c', kind: 'Bucket', name: 'third' },
      ],
      artifacts: [{ name: 'out', copy: [{ from: '@a/**', to: '@artifact/' }] }],
    });
    expect(generator.toJson()).toMatchObject({
      spec: {
        sources: [
          { alias: 'a', kind: 'GitRepository', name: source.name, namespace: 'flux-system' },
          { alias: 'b', kind: 'GitRepository', name: 'other' },
          { alias: 'c', kind: 'Bucket', name: 'third' },
        ],
      },
    });
  });

  it('accepts fromName for references of one kind, and prints the fields of the reference', () => {
    const alert = new Alert(Testing.chart(), 'alert', {
      providerRef: Provider.fromName('slack', 'flux-system'),
      eventSources: [Kustomization.fromName('apps', 'other')],
    });
    expect(alert.toJson()['spec']).toEqual({
      providerRef: { name: 'slack' },
      eventSources: [{ kind: 'Kustomization', name: 'apps', namespace: 'other' }],
    });
    const waiting = new Kustomization(Testing.chart(), 'waiting', {
      interval: '1m',
      prune: true,
      sourceRef: GitRepository.fromName('source'),
      dependsOn: [Kustomization.fromName('apps', 'other')],
    });
    expect(JSON.stringify(waiting.toJson())).toContain('"dependsOn":[{"name":"apps","namespace":"other"}]');
  });

  it('fails on a construct of another kind, and on a reference to another cluster or namespace', () => {
    const chart = new Chart(Testing.app(), 'chart', { namespace: 'apps' });
    const config = new kplus.ConfigMap(chart, 'config');
    expect(() => render({ secretRef: config }, chart)).toThrow(
      /reference-kind at chart\/repo and chart\/config\n {2}spec.secretRef: got the ConfigMap/,
    );
    const far = new Alert(chart, 'alert', {
      providerRef: Provider.fromName('slack', 'elsewhere'),
      eventSources: [{ kind: 'Bucket', name: '*' }],
    });
    expect(() => far.toJson()).toThrow(/reference-across-namespaces/);
  });

  it('keeps what patches add', () => {
    const repo = new GitRepository(Testing.chart(), 'repo', PROPS);
    repo.addJsonPatch(JsonPatch.add('/spec/tomorrow', [1]), JsonPatch.remove('/spec/interval'));
    expect(repo.toJson()['spec']).toEqual({ url: PROPS.url, tomorrow: [1] });
  });

  it('treats odd keys as data', () => {
    const { spec } = render(
      JSON.parse('{"ignore":{"__proto__":{"polluted":true},"constructor":1}}') as object,
    );
    const ignore = (spec as { ignore: object }).ignore;
    expect(Object.keys(ignore)).toEqual(['__proto__', 'constructor']);
    expect((ignore as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('fails on text that is not a duration', () => {
    expect(() => render({ interval: '10 minutes' })).toThrow(
      /duration-invalid at test\/repo\n {2}spec.interval: got "10 minutes"[\s\S]*fix: .*"1m15s"/,
    );
  });

  it('fails on a Secret in another namespace, which the field cannot reach', () => {
    const chart = new Chart(Testing.app(), 'chart', { namespace: 'apps' });
    const secret = new kplus.Secret(chart, 'credentials');
    expect(() => render({ namespace: 'flux-system', secretRef: secret }, chart)).toThrow(
      /reference-across-namespaces at chart\/repo and chart\/credentials/,
    );
  });

  it('fails on values that YAML cannot express, all at once', () => {
    const loop: { self?: object } = {};
    loop.self = loop;
    expect(() => render({ ignore: new Map(), ref: { name: () => 'x' }, include: [loop] })).toThrow(
      /spec.ignore: got a Map[\s\S]*spec.ref.name: got a function[\s\S]*nested more than 500 levels/,
    );
  });
});

describe('types', () => {
  it('fail to compile for values that the CRD refuses', () => {
    const chart = Testing.chart();
    // @ts-expect-error -- an interval must be a duration
    new GitRepository(chart, 'a', { url: 'https://example.com', interval: 'soon' });
    // @ts-expect-error -- the url is required
    new GitRepository(chart, 'b', { interval: '1m' });
    const fields = { interval: '1m', prune: true } as const;
    const sourceRef = GitRepository.fromName('x');
    // @ts-expect-error -- only the kinds that Flux knows
    new Kustomization(chart, 'c', { ...fields, sourceRef: { kind: 'HelmRepository', name: 'x' } });
    // @ts-expect-error -- deletionPolicy has literals
    new Kustomization(chart, 'd', { ...fields, sourceRef, deletionPolicy: 'Keep' });
    expect(chart.node.children).toHaveLength(4);
  });
});
