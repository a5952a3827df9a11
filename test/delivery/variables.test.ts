import { ApiObject, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Cluster,
  FluxApp,
  GitOpsApp,
  HelmChartRelease,
  SecretValue,
  SopsSecret,
  Variable,
  type ClusterProps,
} from '../../lib';
import { finding } from '../../lib/findings/finding';
import { buildGraph } from '../../lib/graph/build-graph';
import { planApp } from '../../lib/plan/plan';
import { snapshotOf, synthFiles } from '../../lib/testing';

function clusterWith(props: Partial<ClusterProps> = {}): Cluster {
  return new Cluster(new GitOpsApp({ outdir: 'unused' }), 'home', {
    path: './cluster-resources/flux',
    variables: { domain: 'home.example', replicas: 3, debug: false, account: '0123' },
    ...props,
  });
}

function settings(scope: FluxApp, data: Record<string, unknown>, id = 'settings'): ApiObject {
  const metadata = { namespace: 'default' };
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
}

function kustomizationOf(app: FluxApp): string {
  return snapshotOf(app)[`cluster-resources/flux/${app.node.id}.yaml`] as string;
}

function codes(app: FluxApp): string[] {
  return planApp(app.node.root).findings.map(({ code, message }) => `${code}: ${message}`);
}

describe('variables of a cluster', () => {
  it('are set by the Kustomization, which defines only what is used', () => {
    const cluster = clusterWith();
    const app = new FluxApp(cluster, 'web');
    settings(app, { host: `web.${cluster.variable('domain')}`, port: '8080' });
    expect(snapshotOf(app)['settings.yaml']).toContain('  host: web.${domain}\n  port: "8080"\n');
    expect(kustomizationOf(app)).toMatch(/ {2}postBuild:\n {4}substitute:\n {6}domain: home.example\n$/);
    const other = new FluxApp(cluster, 'other');
    settings(other, { plain: 'x' }, 'other');
    expect(kustomizationOf(other)).not.toContain('postBuild');
  });

  it('are numbers and booleans in fields that require these, in other libraries’ constructs and in Helm values', () => {
    const cluster = clusterWith();
    const app = new FluxApp(cluster, 'web', { namespace: 'default' });
    const replicas = cluster.variable('replicas', 'number');
    new kplus.Deployment(app, 'web', { replicas: replicas.value, containers: [{ image: 'nginx' }] });
    new HelmChartRelease(app, 'podinfo', {
      chart: 'podinfo',
      repository: 'https://stefanprodan.github.io/podinfo',
      values: { replicas, debug: cluster.variable('debug', 'boolean').value, text: replicas.text },
    });
    expect(snapshotOf(app)['web.yaml']).toContain('  replicas: ${replicas}\n');
    expect(snapshotOf(app)['podinfo.yaml']).toContain(
      '    replicas: ${replicas}\n    debug: ${debug}\n    text: ${quote}${replicas}${quote}\n',
    );
    expect(kustomizationOf(app)).toContain(`      debug: "false"\n      quote: '"'\n      replicas: "3"\n`);
  });

  it('are numbers for constructs that require one, and in JSON', () => {
    const cluster = clusterWith({ variables: { port: 8080, cpu: 500 } });
    const app = new FluxApp(cluster, 'web', { namespace: 'default' });
    const port = cluster.variable('port', 'number');
    const cpu = { request: kplus.Cpu.millis(cluster.variable('cpu', 'number').value) };
    new kplus.Deployment(app, 'web', {
      containers: [{ image: 'nginx', portNumber: port.value, resources: { cpu } }],
    }).exposeViaService({ ports: [{ port: 80, targetPort: port.value }] });
    settings(app, { 'config.json': JSON.stringify({ port, again: port.value, host: port.text }) });
    const files = snapshotOf(app);
    for (const line of ['- containerPort: ${port}', 'port: ${port}', 'targetPort: ${port}', 'cpu: ${cpu}m']) {
      expect(files['web.yaml']?.split('\n').map((text) => text.trim())).toContain(line);
    }
    expect(files['settings.yaml']).toContain(
      `config.json: '{"port":\${port},"again":\${port},"host":"\${port}"}'\n`,
    );
  });

  it('stay strings if their value looks like a number', () => {
    const cluster = clusterWith();
    const app = new FluxApp(cluster, 'web');
    settings(app, { account: cluster.variable('account').value });
    expect(snapshotOf(app)['settings.yaml']).toContain('account: ${quote}${account}${quote}\n');
  });

  it('work in keys, in Flux durations and beside image policies', () => {
    const cluster = clusterWith({ variables: { name: 'x', every: '5m' } });
    const app = new FluxApp(cluster, 'web', { namespace: 'default' });
    settings(app, { [`${cluster.variable('name')}.conf`]: 'a' });
    new HelmChartRelease(app, 'podinfo', {
      chart: 'podinfo',
      repository: 'https://stefanprodan.github.io/podinfo',
      interval: cluster.variable('every'),
    });
    expect(snapshotOf(app)['settings.yaml']).toContain('  ${name}.conf: a\n');
    expect(snapshotOf(app)['podinfo.yaml']).toContain('  interval: ${every}\n');
  });

  it('come from ConfigMaps and Secrets of the cluster', () => {
    const cluster = clusterWith({
      variablesFrom: [
        { kind: 'ConfigMap', name: 'cluster-settings' },
        { kind: 'Secret', name: 'cluster-secrets', optional: true },
      ],
    });
    const app = new FluxApp(cluster, 'web');
    settings(app, { region: cluster.variable('region').text, host: `x.${cluster.variable('domain')}` });
    expect(snapshotOf(app)['settings.yaml']).toContain('region: ${quote}${region}${quote}\n');
    const kustomization = kustomizationOf(app);
    expect(kustomization).toContain(`    substitute:\n      domain: home.example\n      quote: '"'\n`);
    expect(kustomization).toContain(
      '    substituteFrom:\n      - kind: ConfigMap\n        name: cluster-settings\n      - kind: Secret\n        name: cluster-secrets\n        optional: true\n',
    );
  });

  it('do not change what the FluxApp itself defines', () => {
    const cluster = clusterWith();
    const app = new FluxApp(cluster, 'web', { postBuild: { substitute: { domain: 'web.example' } } });
    settings(app, { host: `x.${cluster.variable('domain')}` });
    expect(kustomizationOf(app)).toContain('    substitute:\n      domain: web.example\n');
  });

  it('are resolved in the output of cdk8s too', () => {
    const cluster = clusterWith();
    const app = new FluxApp(cluster, 'web');
    settings(app, { host: `x.${cluster.variable('domain')}`, script: 'echo ${HOME}' });
    const [kustomization, map] = Testing.synth(app);
    expect(map.data).toEqual({ host: 'x.${domain}', script: 'echo $${HOME}' });
    expect(kustomization.spec.postBuild).toEqual({ substitute: { domain: 'home.example' } });
    expect(Testing.synth(app)).toEqual([kustomization, map]);
  });

  it('fail if nothing defines them, and suggest a name', () => {
    const cluster = clusterWith();
    const app = new FluxApp(cluster, 'web');
    settings(app, { host: cluster.variable('domian').text });
    expect(() => synthFiles(app)).toThrow(
      /variable-undefined at home\/web\/settings\n {2}data.host: .*"domian"[^]*did you mean "domain"\?/,
    );
  });

  it('fail if our own ConfigMap or Secret does not contain them', () => {
    const cluster = clusterWith();
    const config = new FluxApp(cluster, 'config', { namespace: 'flux-system' });
    const map = new kplus.ConfigMap(config, 'vars', { metadata: { name: 'vars' }, data: { region: 'eu' } });
    const secret = new SopsSecret(config, 'keys', { values: { token: SecretValue.env('TOKEN') } });
    const app = new FluxApp(cluster, 'web', { postBuild: { substituteFrom: [map, secret] } });
    settings(app, { good: `${Variable.string('region')}/${Variable.string('token')}` });
    expect(codes(app)).toEqual([]);
    settings(app, { bad: Variable.string('regoin').text }, 'bad');
    expect(codes(app)).toEqual([
      expect.stringContaining('variable-undefined: the variable "regoin" is not defined'),
    ]);
  });

  it('fail if Flux substitutes nothing', () => {
    const cluster = clusterWith();
    new FluxApp(cluster, 'web', { interval: cluster.variable('domain') });
    settings(new FluxApp(cluster, 'manual', { reconcile: false }), { a: cluster.variable('domain').text });
    const optedOut = new FluxApp(cluster, 'out');
    new ApiObject(optedOut, 'map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } },
      data: { a: `${cluster.variable('domain')}` },
    });
    const found = codes(optedOut).filter((code) => code.startsWith('variable-not-substituted'));
    expect(found).toHaveLength(3);
  });

  it('fail in a chart outside clusters', () => {
    const app = new GitOpsApp({ outdir: 'unused' });
    const metadata = { name: 'a' };
    const data = { a: Variable.string('a').text, n: Variable.number('n').value };
    new ApiObject(new Chart(app, 'alone'), 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
    const found = planApp(app).findings.map(({ code }) => code);
    expect(found).toEqual(['chart-outside-cluster', 'variable-not-substituted', 'variable-not-substituted']);
  });

  it('fail with a name or value that Flux does not accept, or with the wrong type', () => {
    const cluster = clusterWith({ variables: { 'my-name': 'x', lines: 'a\nb', word: 'x' } });
    const app = new FluxApp(cluster, 'web');
    settings(app, { replicas: cluster.variable('word', 'number'), bad: cluster.variable('1a').text });
    expect(codes(app)).toEqual([
      expect.stringContaining('"my-name" is not a valid variable name'),
      expect.stringContaining('the value of the variable "lines" is not allowed'),
      expect.stringContaining('the variable "word" has the value "x"; here it must be a number'),
      expect.stringContaining('"1a" is not a valid variable name'),
    ]);
  });

  it('fail with a default that would end too early, and if `quote` is something else', () => {
    const cluster = clusterWith({ variables: { account: '0123', quote: 'x' } });
    const app = new FluxApp(cluster, 'web');
    settings(app, { a: Variable.string('a', { default: 'x}y' }).text, b: cluster.variable('account').text });
    expect(codes(app)).toEqual([
      expect.stringContaining('the default of the variable "a"'),
      expect.stringContaining('the name "quote" is reserved'),
    ]);
  });
});

describe('an app with variables', () => {
  const VALUES = { domain: 'home.example', replicas: 3, debug: false, account: '0123', odd: 'a: b' };
  interface Given {
    readonly domain: string;
    readonly replicas: number;
    readonly debug: boolean;
    readonly account: string;
    readonly odd: string;
  }

  /** What Flux applies according to our model, except for the variables themselves. */
  function applied(given: (cluster: Cluster) => Given): unknown[] {
    const cluster = clusterWith({ variables: VALUES });
    const { domain, replicas, debug, account, odd } = given(cluster);
    const outer = new FluxApp(cluster, 'outer', { postBuild: { substitute: { region: 'eu' } } });
    const inner = new FluxApp(outer, 'inner', { postBuild: { substitute: { template: 'x${y}' } } });
    settings(outer, { account, script: 'echo ${HOME} $$', [`${account}.txt`]: `${domain}/${replicas}` });
    settings(inner, { domain, odd: `<${odd}>`, lines: `a=${account}\nb=${domain}\n` }, 'inner');
    new HelmChartRelease(inner, 'release', {
      name: 'release',
      namespace: 'default',
      chart: 'app',
      repository: 'https://example.com',
      values: { replicas, debug, account, list: [replicas, `${replicas}`, `v${replicas}`] },
    });
    const { tree, findings } = planApp(cluster.node.root);
    expect(findings).toEqual([]);
    const graph = buildGraph(tree, { entries: ['cluster-resources/flux'] });
    const objects = graph.clusters.flatMap(({ nodes }) =>
      nodes.flatMap(({ build }) => build?.inventory ?? []),
    );
    return objects.map(({ object }) => object).filter(({ kind }) => kind !== 'Kustomization');
  }

  it('gives the same result in the cluster as one with their values', () => {
    const constants = applied(() => VALUES);
    expect(constants).toHaveLength(4);
    const variables = applied((cluster) => ({
      domain: cluster.variable('domain').value,
      replicas: cluster.variable('replicas', 'number').value,
      debug: cluster.variable('debug', 'boolean').value,
      account: cluster.variable('account').value,
      odd: cluster.variable('odd').value,
    }));
    expect(variables).toEqual(constants);
  });
});

describe('variables with a default', () => {
  it('print it, and are defined by it if nothing else defines them', () => {
    const app = new FluxApp(clusterWith(), 'web');
    settings(app, { replicas: Variable.number('count', { default: 2 }), again: Variable.number('count') });
    expect(snapshotOf(app)['settings.yaml']).toContain('  replicas: ${count:=2}\n  again: ${count}\n');
    expect(kustomizationOf(app)).toContain('    substitute:\n      count: "2"\n');
  });

  it('fail with two defaults, because Flux then has no single value', () => {
    const app = new FluxApp(clusterWith(), 'web');
    settings(app, {
      a: `x${Variable.string('n', { default: 'a' })}`,
      b: `x${Variable.string('n', { default: 'b' })}`,
    });
    expect(codes(app)).toEqual([expect.stringContaining('has two different defaults')]);
  });
});

describe('text that looks like a variable', () => {
  const script = 'for x in "${!arr[@]}"; do echo ${x} $${y} $$; done';

  it('is escaped if Flux substitutes', () => {
    const cluster = clusterWith();
    const app = new FluxApp(cluster, 'web');
    settings(app, { host: `x.${cluster.variable('domain')}`, script });
    expect(snapshotOf(app)['settings.yaml']).toContain(
      `script: for x in "$\${!arr[@]}"; do echo $\${x} $$$\${y} $$$$; done\n`,
    );
  });

  it('stays unchanged if Flux does not substitute, or the object opts out', () => {
    const cluster = clusterWith();
    const plain = new FluxApp(cluster, 'plain');
    settings(plain, { script });
    expect(snapshotOf(plain)['settings.yaml']).toContain(`script: ${script}\n`);
    const app = new FluxApp(cluster, 'web', { postBuild: { substitute: { a: 'b' } } });
    settings(app, { script }, 'script').metadata.addLabel(
      'kustomize.toolkit.fluxcd.io/substitute',
      'disabled',
    );
    expect(snapshotOf(app)['script.yaml']).toContain(`script: ${script}\n`);
  });

  it('leads to a warning if it names a variable', () => {
    const cluster = clusterWith();
    const app = new FluxApp(cluster, 'web');
    settings(app, { host: `x.${cluster.variable('domain')}`, other: 'y.${domain}' });
    const found = planApp(app.node.root).findings;
    expect(found).toEqual([
      finding({
        code: 'variable-as-text',
        severity: 'warning',
        message: expect.stringContaining('"${domain}"') as string,
        hint: expect.stringContaining('Variable.string("domain")') as string,
        field: 'data.other',
        object: { group: '', kind: 'ConfigMap', namespace: 'default', name: 'settings' },
        locations: [{ constructPath: 'home/web/settings' }],
      }),
    ]);
    expect(snapshotOf(app)['settings.yaml']).toContain('  other: y.$${domain}\n');
  });
});
