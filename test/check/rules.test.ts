import { checkTree } from '../../lib/check/check-tree';
import type { CheckConfig } from '../../lib/config/check-config';
import type { Finding } from '../../lib/findings/finding';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../graph/tree-of';

type Files = Readonly<Record<string, string>>;

function found(code: string, files: Files, settings: CheckConfig = {}): readonly Finding[] {
  return checkTree(treeOf(files), { settings }).findings.filter((one) => one.code === code);
}

function count(code: string, files: Files, settings?: CheckConfig): number {
  return found(code, { ...bootstrap, ...files }, settings).length;
}

/** A FluxInstance that syncs `clusters/prod`; more of its spec as lines. */
function instance(...spec: readonly string[]): string {
  return [
    'apiVersion: fluxcd.controlplane.io/v1',
    'kind: FluxInstance',
    'metadata: { name: flux, namespace: flux-system }',
    'spec:',
    '  distribution: { version: 2.x, registry: ghcr.io/fluxcd }',
    '  sync: { kind: GitRepository, url: "https://github.com/acme/fleet.git", ref: refs/heads/main, path: clusters/prod }',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

const secret = [
  'apiVersion: v1',
  'kind: Secret',
  'metadata: { name: token, namespace: apps }',
  'stringData: { token: "ENC[AES256_GCM,data:x,iv:x,tag:x,type:str]" }',
  'sops: { mac: "ENC[AES256_GCM,data:x,iv:x,tag:x,type:str]", version: 3.10.2 }',
  '',
].join('\n');

describe('variable-undefined', () => {
  const post = (...lines: readonly string[]) => ['postBuild:', ...lines.map((line) => `  ${line}`)];
  const use = (spec: readonly string[], map = configMap('a', { x: '${SIZE} ${COLOUR:=red}' })): Files => ({
    'clusters/prod/a.yaml': fluxKustomization('a', './a', spec),
    'a/map.yaml': map,
  });

  it('accepts a variable with a default, or a defined one', () => {
    expect(count('variable-undefined', use(post('substitute: { OTHER: x }')))).toBe(1);
    expect(count('variable-undefined', use(post('substitute: { SIZE: x }')))).toBe(0);
  });

  it('reports nothing if a source is not in the repository, even an optional one', () => {
    const from = (optional: string) =>
      post(`substituteFrom: [{ kind: Secret, name: s, ${optional} }]`, 'substitute: { A: b }');
    expect(count('variable-undefined', use(from('optional: false')))).toBe(0);
    expect(count('variable-undefined', use(from('optional: true')))).toBe(0);
  });

  it('ignores objects that opt out of substitution', () => {
    const label = 'kustomize.toolkit.fluxcd.io/substitute: disabled';
    const out = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b, labels: { ${label} } }\ndata: { x: "\${SIZE}" }\n`;
    const files = { ...use(post('substitute: { OTHER: x }')), 'a/out.yaml': out };
    expect(found('variable-undefined', { ...bootstrap, ...files }).map((one) => one.object?.name)).toEqual([
      'a',
    ]);
  });

  it('reports a variable of other Kustomizations if nothing is substituted, but not one of a program', () => {
    const label = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, labels: { size: "${SIZE}" } }\n';
    const other = { 'clusters/prod/b.yaml': fluxKustomization('b', './b', post('substitute: { SIZE: x }')) };
    const b = { 'b/map.yaml': configMap('b') };
    expect(count('variable-undefined', { ...use([], label), ...other, ...b })).toBe(1);
    expect(count('variable-undefined', { ...use([]), ...other, ...b })).toBe(0);
  });

  it('accepts escaped text if Flux substitutes and nothing uses a variable', () => {
    const label = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, labels: { size: "$${SIZE}" } }\n';
    expect(count('variable-undefined', use(post('substitute: { SIZE: x }'), label))).toBe(0);
  });
});

describe('variable-eaten', () => {
  const script = (text: string): Files => ({
    'clusters/prod/a.yaml': fluxKustomization('a', './a', [
      'postBuild: { substituteFrom: [{ kind: Secret, name: elsewhere }] }',
    ]),
    'a/map.yaml': configMap('a', { 'run.sh': text }),
  });

  it('recognizes a script’s own variable by the command that sets it, if values are not in the repository', () => {
    expect(count('variable-eaten', script('#!/bin/sh\nfor pod in a; do\n echo ${pod}\ndone\n'))).toBe(1);
    expect(count('variable-eaten', script('#!/bin/sh\nDIR=$(pwd)\nrm -r ${DIR}/x\n'))).toBe(1);
    expect(count('variable-eaten', script('#!/bin/sh\necho ${clusterName} $(date)\n'))).toBe(0);
  });

  it('recognizes a dashboard’s', () => {
    const dashboard =
      '{\n "panels": [{ "title": "${node}" }],\n "templating": { "list": [{ "name": "node" }] }\n}';
    expect(count('variable-eaten', script(dashboard))).toBe(1);
  });
});

describe('decryption-missing', () => {
  it('takes into account what a patch of a parent or of a FluxInstance adds', () => {
    const patch = '- op: add\n  path: /spec/decryption\n  value: { provider: sops }';
    const target = 'target: { kind: Kustomization }';
    const lines = patch.split('\n').map((line) => `        ${line}`);
    const patches = ['kustomize:', '  patches:', `    - ${target}`, '      patch: |', ...lines];
    const files = { 'clusters/prod/secret.yaml': secret };
    expect(found('decryption-missing', { ...files, 'flux/instance.yaml': instance() })).toHaveLength(1);
    expect(found('decryption-missing', { ...files, 'flux/instance.yaml': instance(...patches) })).toEqual([]);
    const parent = fluxKustomization('parent', './parent', [
      'patches:',
      `  - ${target}`,
      '    patch: |',
      ...lines,
    ]);
    const child = { 'parent/child.yaml': fluxKustomization('child', './child'), 'child/secret.yaml': secret };
    expect(count('decryption-missing', { 'clusters/prod/parent.yaml': parent, ...child })).toBe(0);
  });

  it('reports a generator’s encrypted file', () => {
    const files = {
      'clusters/prod/a.yaml': fluxKustomization('a', './a'),
      'a/kustomization.yaml': 'secretGenerator: [{ name: s, files: [token.txt] }]\n',
      'a/token.txt': '{ "data": "ENC[AES256_GCM,data:x,iv:x,tag:x,type:str]", "sops": {} }',
    };
    expect(count('decryption-missing', files)).toBe(1);
  });
});

describe('sops-rule-no-regex', () => {
  const rules = (...lines: readonly string[]) =>
    ['creation_rules:', ...lines.map((line) => `  - ${line}`), ''].join('\n');
  const app = { 'clusters/prod/a.yaml': fluxKustomization('a', './a'), 'a/map.yaml': configMap('a') };

  it('accepts rules for other files', () => {
    const talos = rules(
      "{ path_regex: 'talos/.*', age: age1x }",
      "{ path_regex: 'a/.*', encrypted_regex: ^data$ }",
    );
    expect(count('sops-rule-no-regex', { ...app, '.sops.yaml': talos })).toBe(0);
  });

  it('uses the existing encrypted manifests rather than usual names', () => {
    const rule = rules("{ path_regex: '\\.sops\\.yaml$', encrypted_regex: ^data$ }", '{ age: age1x }');
    expect(count('sops-rule-no-regex', { ...app, '.sops.yaml': rule })).toBe(1);
    const encrypted = { 'a/token.sops.yaml': secret.replace('sops: {', 'sops:\n  {') };
    expect(count('sops-rule-no-regex', { ...app, ...encrypted, '.sops.yaml': rule })).toBe(0);
  });
});

describe('checks of objects', () => {
  const alert = [
    'apiVersion: notification.toolkit.fluxcd.io/v1beta3',
    'kind: Alert',
    'metadata: { name: a, namespace: flux-system }',
    'spec: { providerRef: { name: p }, eventSources: [{ kind: FluxInstance, name: "*" }] }',
    '',
  ].join('\n');
  const image = [
    'apiVersion: image.toolkit.fluxcd.io/v1beta2',
    'kind: ImageRepository',
    'metadata: { name: a, namespace: flux-system }',
    'spec: { interval: 1h, image: ghcr.io/acme/a }',
    '',
  ].join('\n');

  it('know the kinds that the Flux operator adds to Alerts', () => {
    const files = { 'clusters/prod/alert.yaml': alert };
    expect(found('schema-enum', { ...bootstrap, ...files })).toHaveLength(1);
    expect(found('schema-enum', { ...files, 'flux/instance.yaml': instance() })).toEqual([]);
    const allowed = checkTree(treeOf({ ...bootstrap, ...files }), {
      settings: { extraAlertKinds: ['FluxInstance'] },
    }).findings;
    expect(allowed.map(({ code }) => code)).not.toContain('schema-enum');
  });

  it('check an API version against the Flux version of its cluster', () => {
    const files = { 'clusters/prod/image.yaml': image };
    expect(count('removed-api', files, { fluxVersion: '2.8' })).toBe(0);
    expect(count('removed-api', files, { fluxVersion: '2.9' })).toBe(1);
    const [unknown] = found('removed-api', { ...bootstrap, ...files });
    expect(unknown).toMatchObject({
      severity: 'info',
      hint: expect.stringContaining('check.fluxVersion') as string,
    });
    const old = instance().replace('2.x', '2.7.x');
    expect(found('removed-api', { ...files, 'flux/instance.yaml': old })).toEqual([]);
  });

  it('list in one finding the objects with a version that an unknown Flux may not serve', () => {
    const many = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [
          `clusters/prod/image-${at}.yaml`,
          image.replace(/name: \w+/, `name: image-${at}`),
        ]),
      );
    const messages = (count: number) =>
      found('removed-api', { ...bootstrap, ...many(count) }).map(({ message }) => message);
    expect(messages(1)).toEqual([expect.not.stringContaining('more object')]);
    expect(messages(2)).toEqual([
      expect.stringMatching(/; 1 more object has it: clusters\/prod\/image-1\.yaml$/),
    ]);
    expect(messages(7)).toEqual([
      expect.stringMatching(/; 6 more objects have it: (?:\S+, ){3}\S+ and 2 more files$/),
    ]);
    expect(count('removed-api', many(2), { fluxVersion: '2.9' })).toBe(2);
  });

  it('report a problem in a base of several overlays once', () => {
    const overlay = (name: string) => ({
      [`clusters/prod/${name}.yaml`]: fluxKustomization(name, `./${name}`),
      [`${name}/kustomization.yaml`]: `namespace: ${name}\nresources: [../base]\n`,
    });
    const base = {
      'base/kustomization.yaml': 'resources: [service.yaml]\n',
      'base/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { port: 80 }\n',
    };
    expect(count('schema-unknown-field', { ...overlay('one'), ...overlay('two'), ...base })).toBe(1);
  });

  it('accept variables with unknown values', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { ports: [{ port: "${PORT}" }] }\n';
    const files = (spec: readonly string[]) => ({
      'clusters/prod/a.yaml': fluxKustomization('a', './a', spec),
      'a/service.yaml': service,
    });
    const from = ['postBuild: { substituteFrom: [{ kind: Secret, name: elsewhere }] }'];
    expect(count('schema-type', files(from))).toBe(0);
    expect(count('schema-type', files([]))).toBe(1);
  });
});

describe('image automation', () => {
  const automation = (namespace: string, path: string) =>
    [
      'apiVersion: image.toolkit.fluxcd.io/v1',
      'kind: ImageUpdateAutomation',
      `metadata: { name: a, namespace: ${namespace} }`,
      'spec:',
      '  interval: 1h',
      '  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }',
      '  git: { commit: { author: { name: a, email: a@example.com } } }',
      `  update: { path: ${path}, strategy: Setters }`,
      '',
    ].join('\n');
  const marked = (policy: string): Files => ({
    'clusters/prod/a.yaml': fluxKustomization('a', './a'),
    'a/map.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: a }\ndata:\n  tag: 1.0.0 # {"$imagepolicy": "${policy}"}\n`,
  });
  const policy = 'kind: ImagePolicy\napiVersion: image.toolkit.fluxcd.io/v1\nmetadata: { name: web }\n';

  it('reports a policy of another namespace', () => {
    const files = {
      ...marked('flux-system:web'),
      'clusters/prod/automation.yaml': automation('other', './a'),
    };
    const messages = found('automation-path-misses-marker', { ...bootstrap, ...files }).map(
      (one) => one.message,
    );
    expect(messages).toHaveLength(1);
    expect(messages.join('\n')).toContain('uses only policies of its own namespace');
  });

  it('accepts a path that contains the file, and one with a variable', () => {
    const files = (path: string) => ({
      ...marked('flux-system:web'),
      'clusters/prod/b.yaml': automation('flux-system', path),
    });
    expect(count('automation-path-misses-marker', files('./'))).toBe(0);
    expect(count('automation-path-misses-marker', files('./${DIR}'))).toBe(0);
    expect(count('automation-path-misses-marker', files('./elsewhere'))).toBe(2);
    expect(count('automation-path-misses-marker', files('.'))).toBe(0);
    expect(count('automation-path-misses-marker', files('./a/'))).toBe(
      count('automation-path-misses-marker', files('a')),
    );
    expect(count('automation-path-misses-marker', files('.a'))).toBe(2);
  });

  it('requires policies only if there are some, and only in files that Flux reads', () => {
    expect(count('image-policy-missing', marked('flux-system:web'))).toBe(0);
    const files = { ...marked('flux-system:webb'), 'elsewhere/policy.yaml': policy };
    const [missing] = found('image-policy-missing', { ...bootstrap, ...files });
    expect(missing?.hint).toContain('did you mean "web"');
    const archived = { 'archive/map.yaml': marked('flux-system:gone')['a/map.yaml'] ?? '' };
    expect(
      count('image-policy-missing', { ...marked('flux-system:web'), 'x/p.yaml': policy, ...archived }),
    ).toBe(0);
  });
});

describe('notification-reference-missing', () => {
  const alert = (source: string) =>
    [
      'apiVersion: notification.toolkit.fluxcd.io/v1beta3',
      'kind: Alert',
      'metadata: { name: a, namespace: flux-system }',
      `spec: { providerRef: { name: p }, eventSources: [{ kind: Kustomization, name: ${source} }] }`,
      '---',
      'apiVersion: notification.toolkit.fluxcd.io/v1beta3',
      'kind: Provider',
      'metadata: { name: p, namespace: flux-system }',
      'spec: { type: generic, address: "https://example.com" }',
      '',
    ].join('\n');

  it('takes into account what another repository may contain', () => {
    const outside = [
      'apiVersion: source.toolkit.fluxcd.io/v1',
      'kind: GitRepository',
      'metadata: { name: other, namespace: flux-system }',
      'spec: { interval: 1h, url: "https://example.com/other" }',
      fluxKustomization('other', './x').replace(
        'kind: GitRepository\n    name: flux-system',
        'kind: GitRepository\n    name: other',
      ),
    ].join('\n');
    const code = 'notification-reference-missing';
    const severities = (name: string, files: Files = {}) =>
      found(code, { ...bootstrap, 'clusters/prod/alert.yaml': alert(name), ...files }).map(
        ({ severity }) => severity,
      );
    const other = { 'clusters/prod/o.yaml': outside };
    const usual = severities('unheard-of');
    expect(usual).toHaveLength(1);
    expect(severities('unheard-of', other)).toEqual(['warning']);
    const infra = { 'clusters/prod/o.yaml': outside.replace('./x', './infra') };
    expect(severities('unheard-of', infra)).toEqual(['info']);
    expect(severities('otherr', other)).toEqual(usual);
  });
});

describe('a FluxInstance', () => {
  it('is recognized in a file of values for its chart', () => {
    const values = [
      'instance:',
      '  distribution: { version: 2.7.x }',
      '  components: [source-controller]',
      '  sync: { kind: GitRepository, url: "https://github.com/acme/fleet.git", path: clusters/prod }',
      '',
    ].join('\n');
    const alert = [
      'apiVersion: notification.toolkit.fluxcd.io/v1beta3',
      'kind: Provider',
      'metadata: { name: p, namespace: flux-system }',
      'spec: { type: generic, address: "https://example.com" }',
      '',
    ].join('\n');
    const files = { 'clusters/prod/p.yaml': alert, 'flux/values.yaml': values };
    expect(found('component-missing', files)).toHaveLength(1);
    expect(found('entry-guessed', files)).toEqual([]);
  });
});

describe('component-missing', () => {
  const generator =
    'apiVersion: source.extensions.fluxcd.io/v1beta1\nkind: ArtifactGenerator\nmetadata: { name: a, namespace: flux-system }\nspec: {}\n';

  it('knows the components of a FluxInstance', () => {
    const files = { 'clusters/prod/a.yaml': generator };
    expect(found('component-missing', { ...files, 'flux/i.yaml': instance() })).toHaveLength(1);
    const watcher = instance('components: [source-controller, source-watcher]');
    expect(found('component-missing', { ...files, 'flux/i.yaml': watcher })).toEqual([]);
  });

  it('reports nothing if the repository does not show them', () => {
    expect(count('component-missing', { 'clusters/prod/a.yaml': generator })).toBe(0);
  });
});
