import { fluxKustomization } from '../graph/tree-of';
import { resourceSet } from '../check/small-repositories';
import { build } from '../tools/built';
import { ProjectFolder, type Outcome } from './project-folder';

const WEB = "const web = new FluxApp(home, 'web'); configMap(web, 'settings', { a: 'b' });";

/** A release that installs a CRD, and an object of that CRD beside it. */
const DEADLOCK = `
const certs = new FluxApp(home, 'certs');
const object = (scope, id, apiVersion, kind, metadata, spec) => new ApiObject(scope, id, { apiVersion, kind, metadata, spec });
object(certs, 'ns', 'v1', 'Namespace', { name: 'cert-manager' });
object(certs, 'repo', 'source.toolkit.fluxcd.io/v1', 'HelmRepository', { name: 'jetstack', namespace: 'cert-manager' }, { interval: '1h', url: 'https://charts.jetstack.io' });
object(certs, 'release', 'helm.toolkit.fluxcd.io/v2', 'HelmRelease', { name: 'cert-manager', namespace: 'cert-manager' }, {
  interval: '1h', values: { crds: { enabled: true } },
  chart: { spec: { chart: 'cert-manager', version: '1.16.0', sourceRef: { kind: 'HelmRepository', name: 'jetstack' } } },
});
object(certs, 'issuer', 'cert-manager.io/v1', 'ClusterIssuer', { name: 'own' }, { selfSigned: {} });`;

/** A Kustomization whose health checks are ignored. */
const IGNORED = `
const slow = new FluxApp(home, 'slow', {
  wait: true, healthChecks: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'default' }],
});
configMap(slow, 'settings', { a: 'b' });`;

/** A ResourceSet with a mistyped field in what the operator creates from it. */
const SET = `
new ApiObject(web, 'set', {
  apiVersion: 'fluxcd.controlplane.io/v1', kind: 'ResourceSet', metadata: { name: 'set', namespace: 'flux-system' },
  spec: { inputs: [{ team: 'a' }], resources: [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '<< inputs.team >>', namespace: 'default' }, imutable: true },
  ] },
});`;

const folders: ProjectFolder[] = [];

beforeAll(build, 120_000);
afterAll(() => folders.forEach((folder) => folder.remove()));

function project(code: string, files?: Readonly<Record<string, string>>, config = ''): ProjectFolder {
  const folder = new ProjectFolder(code, files);
  folders.push(folder);
  folder.write('cdk8s-flux.yaml', `version: 1\n${config}`);
  return folder;
}

const countOf = (text: string, { stderr }: Outcome): number => stderr.split(text).length - 1;

describe('the rules of check, in synth', () => {
  it('fails on an error before a byte is written, and names the construct and its line', () => {
    const folder = project(DEADLOCK);
    const outcome = folder.synth();
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toMatch(/^error: crd-deadlock at home\/certs\/issuer \(app\.js:\d+\)/m);
    expect(() => folder.files()).toThrow();
    expect(() => folder.files('dist')).toThrow();
  });

  it('fails if a chart leaves out the CRD of an object, and names the object and the value', () => {
    const outcome = project(DEADLOCK.replace('values: { crds: { enabled: true } },', '')).synth();
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toMatch(/^error: crd-missing at home\/certs\/issuer \(app\.js:\d+\)/m);
    expect(outcome.stderr).toContain('set crds.enabled: true');
  });

  it('fails in a check of committed files too', () => {
    const wish = { CDK8S_FLUX_SYNTH: JSON.stringify({ check: true, overwrite: false }) };
    expect(project(DEADLOCK).synth(wish)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('crd-deadlock'),
    });
  });

  it('fails if a cluster is locked down and a release acts as an account without rights', () => {
    const code = `const locked = new Cluster(app, 'locked', { path: './locked/flux', lockDown: true });
const web = new FluxApp(locked, 'web', { namespace: 'web', createNamespace: true });
new ApiObject(web, 'repo', { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository', metadata: { name: 'r', namespace: 'web' }, spec: { interval: '1h', url: 'https://e.com' } });
new ApiObject(web, 'release', { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'web', namespace: 'web' },
  spec: { interval: '1h', chart: { spec: { chart: 'web', version: '1.0.0', sourceRef: { kind: 'HelmRepository', name: 'r' } } } } });`;
    const outcome = project(code).synth();
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toMatch(
      /^error: service-account-missing at locked\/web\/release \(app\.js:\d+\)/m,
    );
    expect(countOf('error:', outcome)).toBe(1);
  });

  it('prints a warning once, also through the cdk8s CLI, and publishes', () => {
    const folder = project(IGNORED);
    const outcome = folder.cdk8s('synth');
    expect(countOf('warning: health-check-ignored', outcome)).toBe(1);
    expect(outcome.stderr).toMatch(/^warning: health-check-ignored at home\/slow\S* \(app\.js:\d+\)/m);
    expect(folder.files()).toContain('cluster-resources/slow/settings.yaml');
  });

  it('reports nothing for correct objects, and no infos', () => {
    const { stderr } = project(WEB).synth();
    expect(stderr).toBe('cdk8s-flux: cluster-resources: 4 files written, 0 removed, 0 unchanged\n');
  });

  it('uses the allowed findings, severities and clusters of the configuration', () => {
    const configs = [
      'allow:\n  - { code: crd-deadlock, object: ClusterIssuer/own, reason: the CRD is installed before }\n',
      'check:\n  rules: { crd-deadlock: off }\n',
      'check:\n  clusters: { home: { providedGroups: [cert-manager.io] } }\n',
    ];
    for (const config of configs) {
      const outcome = project(DEADLOCK, {}, config).synth();
      expect([outcome.status, countOf('crd-', outcome)]).toEqual([0, 0]);
    }
    const strict = project(IGNORED, {}, 'check:\n  rules: { health-check-ignored: error }\n');
    expect(strict.synth().status).toBe(1);
    expect(() => strict.files()).toThrow();
  });

  it('do not run if nothing is published', () => {
    expect(project(DEADLOCK).cdk8s('synth', '--stdout')).toMatchObject({
      status: 0,
      stderr: expect.not.stringContaining('crd-deadlock'),
    });
  });

  it('report a dependency that is ready early, once, and only if what it applies needs time', () => {
    const early = `
      const [web, base] = [new FluxApp(home, 'web'), new FluxApp(home, 'base', { wait: false })];
      const labels = { a: 'b' };
      const template = { metadata: { labels }, spec: { containers: [{ name: 'a', image: 'a' }] } };
      const run = (app, name) => new ApiObject(app, name, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'default' }, spec: { selector: { matchLabels: labels }, template } });
      run(web, 'web');
      web.addDependency(base);`;
    const both = [`${early} run(base, 'run');`, `${early} configMap(base, 'settings', { a: 'b' });`];
    const outcomes = both.map((code) => project(code).synth());
    expect(outcomes.map((outcome) => countOf(': dependency-not-ready', outcome))).toEqual([1, 0]);
    expect(outcomes[0]?.stderr).toContain('set wait: true, or list what must be ready in healthChecks');
  });

  it('check the fields of what the Flux operator creates from a ResourceSet of the app', () => {
    const outcome = project(`${WEB}\n${SET}`).synth();
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toMatch(
      /^error: schema-unknown-field at home\/web\/set \(app\.js:\d+\)[^]*unknown field "imutable"/m,
    );
    expect(project(`${WEB}\n${SET.replace('imutable', 'immutable')}`).synth().stderr).toMatch(
      /^cdk8s-flux: .* written.*\n$/,
    );
  });

  it('trust the author about objects that exist elsewhere', () => {
    const code = `${WEB.replace("'web')", "'web', { dependsOn: [{ name: 'elsewhere' }] })")}`;
    expect(project(code).synth()).toMatchObject({
      status: 0,
      stderr: expect.not.stringContaining('dependency-missing'),
    });
  });
});

describe('files that others wrote', () => {
  const entry = 'cluster-resources/flux';
  const hand = (path: string, ...spec: string[]): Record<string, string> => ({
    [`${entry}/hand.yaml`]: fluxKustomization('hand', path, spec),
    'hand/a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: hand }\n',
  });

  it('are checked together with the plan: a hand-written Kustomization that waits for ours, and what it builds', () => {
    const folder = project(WEB, hand('./hand', 'dependsOn: [{ name: web }]'));
    expect(folder.synth().stderr).toMatch(/^cdk8s-flux: .* written.*\n$/);
    expect(folder.synth().stderr).toMatch(/^cdk8s-flux: .* up to date.*\n$/);
  });

  it('lead to a warning, not an error, if they wait for what the code no longer creates', () => {
    const folder = project(`${WEB} configMap(new FluxApp(home, 'api'), 'other', {});`, {
      ...hand('./hand', 'dependsOn: [{ name: api }]'),
    });
    expect(folder.synth().stderr).toMatch(/^cdk8s-flux: .* written.*\n$/);
    folder.setCode(WEB);
    const outcome = folder.synth();
    expect(outcome.status).toBe(0);
    expect(outcome.stderr).toContain(`warning: dependency-missing at ${entry}/hand.yaml:14`);
    expect(folder.files()).not.toContain('cluster-resources/api/other.yaml');
  });

  it('are left to the command if a problem concerns only one file', () => {
    const bad = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: default }\nspec: 1\n';
    expect(project(WEB, { [`${entry}/bad.yaml`]: bad }).synth().stderr).toMatch(/^cdk8s-flux: .*\n$/);
    const set = resourceSet(
      'resources:',
      '  - apiVersion: v1',
      ...bad
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => `    ${line}`),
    );
    expect(project(WEB, { [`${entry}/set.yaml`]: set }).synth().stderr).toMatch(/^cdk8s-flux: .*\n$/);
  });
});
