import { bootstrap, fluxKustomization } from '../graph/tree-of';
import { removeRepositories, repository, typeIn, type Typed } from '../cli/command-line';

afterAll(removeRepositories);

const CANARY = 'hunter2-canary';
const encoded = Buffer.from(CANARY).toString('base64');

const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: token, namespace: shop }\nstringData:\n  value: ${CANARY}\n`;
const encodedSecret = `apiVersion: v1\nkind: Secret\nmetadata: { name: token, namespace: shop }\ndata:\n  value: ${encoded}\n`;
const map = (data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\ndata:\n${data}\n`;
const release = (values: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: shop, namespace: shop }\nspec:\n  interval: 1h\n  chartRef: { kind: OCIRepository, name: shop }\n  valuesFrom: [{ kind: ConfigMap, name: settings }]\n  values:\n${values}\n`;
const copied = (target: string): string =>
  `kind: Kustomization\nresources: [secret.yaml, other.yaml]\nreplacements:\n  - source: { kind: Secret, name: token, fieldPath: stringData.value }\n    targets: [${target}]\n`;
const alert = (name: string, summary: string): string =>
  `apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Alert\nmetadata: { name: ${name}, namespace: shop }\nspec: { providerRef: { name: none }, summary: ${summary}, eventSources: [] }\n`;

/** Places with a secret, as files of a folder that Flux applies. */
const cases: Readonly<Record<string, Record<string, string>>> = {
  'a Secret': { 'secret.yaml': secret },
  'a Secret in base64': { 'secret.yaml': encodedSecret },
  'a Secret in a list': {
    'secret.yaml': `apiVersion: v1\nkind: List\nitems:\n  - ${secret.trim().replace(/\n/g, '\n    ')}\n`,
  },
  'a Secret with a value of the wrong type': { 'secret.yaml': secret.replace(CANARY, `[${CANARY}]`) },
  'a Helm value': { 'release.yaml': release(`    auth: { password: ${CANARY} }`) },
  'a Helm value in a list of variables': {
    'release.yaml': release(`    env:\n      - name: DB_PASSWORD\n        value: ${CANARY}`),
  },
  'a Helm value with a URL': { 'release.yaml': release(`    url: postgres://shop:${CANARY}@db/shop`) },
  'a Helm value with arguments': {
    'release.yaml': release(`    args: [--token=${CANARY}, --password, ${CANARY}]`),
  },
  'a Helm value with settings': {
    'release.yaml': release(`    config: |\n      user: shop\n      password: ${CANARY}`),
  },
  'a ConfigMap with settings': {
    'release.yaml': release('    a: 1'),
    'map.yaml': map(`  app.properties: |\n    db.password=${CANARY}\n    user=shop`),
  },
  'a replacement into a field': {
    'kustomization.yaml': copied('{ select: { kind: Alert }, fieldPaths: [spec.summary] }'),
    'secret.yaml': secret,
    'other.yaml': alert('watch', 'x'),
  },
  'a replacement into part of a field': {
    'kustomization.yaml': copied(
      '{ select: { kind: Alert }, fieldPaths: [spec.summary], options: { delimiter: "/", index: 1 } }',
    ),
    'secret.yaml': secret,
    'other.yaml': alert('watch', 'a/b/c'),
  },
  'a replacement into a name': {
    'kustomization.yaml': copied('{ select: { kind: Alert }, fieldPaths: [metadata.name] }'),
    'secret.yaml': secret,
    'other.yaml': alert('watch', 'x'),
  },
  'a replacement that fails': {
    'kustomization.yaml': copied('{ select: { kind: Alert }, fieldPaths: [spec.suspend] }'),
    'secret.yaml': secret,
    'other.yaml': alert('watch', 'x').replace('spec: {', 'spec: { suspend: true,'),
  },
  'a literal of a generator': {
    'kustomization.yaml': `kind: Kustomization\nnamespace: shop\nsecretGenerator:\n  - name: token\n    literals: [value=${CANARY}]\n    nothing: 1\n`,
  },
  'an inline patch of a Secret': {
    'kustomization.yaml': `kind: Kustomization\nresources: [secret.yaml]\npatches:\n  - patch: |\n      apiVersion: v1\n      kind: Secret\n      metadata: { name: other }\n      stringData: { value: ${CANARY} }\n`,
    'secret.yaml': secret.replace(CANARY, 'changeme'),
  },
};

const formats = (command: string[], ...names: string[]): string[][] =>
  names.map((name) => [...command, '--format', name]);
const commands = [
  ...formats(['check'], 'text', 'json', 'sarif'),
  ...formats(['order'], 'text', 'json'),
  ...formats(['secrets'], 'text', 'json'),
  ...formats(['graph', '--check'], 'mermaid', 'dot', 'json', 'html'),
];

function files(folder: Readonly<Record<string, string>>): Record<string, string> {
  const inApps = Object.entries(folder).map(([path, text]) => [`apps/${path}`, text] as const);
  return {
    ...bootstrap,
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    ...Object.fromEntries(inApps),
  };
}

const leaks = ({ stdout, stderr }: Typed): string[] =>
  `${stdout}${stderr}`.split('\n').filter((line) => line.includes(CANARY) || line.includes(encoded));

describe('a secret in plain text', () => {
  it.each(Object.keys(cases))('is shown by no command in any format: %s', async (name) => {
    const folder = repository(files(cases[name] ?? {}));
    const shown: unknown[] = [];
    for (const command of commands) {
      const found = leaks(await typeIn(folder, {}, ...command));
      if (found.length > 0) shown.push([command.join(' '), found.map((line) => line.slice(0, 200))]);
    }
    expect(shown).toEqual([]);
  });

  it('is hidden in a comparison, which reports that it changed', async () => {
    const before = repository(files({ 'release.yaml': release(`    auth: { password: ${CANARY} }`) }));
    const after = repository(files({ 'release.yaml': release(`    auth: { password: ${CANARY}-2 }`) }));
    const typed = await typeIn(after, {}, 'graph', '--compare', before, '--format', 'json');
    expect(leaks(typed)).toEqual([]);
    expect(typed.stdout).toMatch(/"name": "shop",[^}]*"change": "changed"/);
  });

  it('does not hide kind, apiVersion and names', async () => {
    const oneLine = secret.replace('metadata: {', 'metadata: { labels: { "a b": x },');
    const { stdout } = await typeIn(repository(files({ 'secret.yaml': oneLine })), {}, 'check');
    expect(stdout).toContain('metadata: { labels: { "a b": x }, name: token, namespace: shop }');
    expect(stdout).toContain('  value: ***');
  });

  it('does not hide kind, apiVersion and names if entries of a Secret have the same text', async () => {
    const alike = [
      'apiVersion: helm.toolkit.fluxcd.io/v2',
      'kind: HelmRelease',
      'name: release-name',
      'space: shop-namespace',
      'own: token-itself',
    ];
    const same = `apiVersion: v1\nkind: Secret\nmetadata: { name: token-itself, namespace: shop-namespace }\nstringData:\n  password: ${CANARY}\n${alike.map((line) => `  ${line}\n`).join('')}`;
    const odd = release('    a: 1').replaceAll(
      'name: shop, namespace: shop',
      'name: release-name, namespace: shop-namespace, labels: { "a b": x }',
    );
    const { stdout } = await typeIn(
      repository(files({ 'secret.yaml': same, 'release.yaml': odd })),
      {},
      'check',
    );
    expect(stdout).toContain(
      'metadata: { name: release-name, namespace: shop-namespace, labels: { "a b": x } }',
    );
    expect(stdout).toContain('HelmRelease "shop-namespace/release-name"');
    expect(stdout).toMatch(/\| {3}password: \*\*\*\n/);
    expect(stdout).not.toMatch(/(?:name|kind|apiVersion|namespace): \*\*\*/);
    const order = await typeIn(repository(files({ 'secret.yaml': same, 'release.yaml': odd })), {}, 'order');
    expect(order.stdout).toContain('HelmRelease shop-namespace/release-name');
    const html = await typeIn(
      repository(files({ 'secret.yaml': same, 'release.yaml': odd })),
      {},
      'graph',
      '--format',
      'html',
    );
    expect(html.stdout).toContain('apiVersion: helm.toolkit.fluxcd.io/v2');
  });

  it('does not hide a word that names an object, or values that say nothing', async () => {
    const named = secret.replace(CANARY, 'shop-database');
    const database = map('  host: shop-database\n  port: "5432"').replace('settings', 'shop-database');
    const folder = repository(
      files({
        'secret.yaml': named,
        'map.yaml': database,
        'release.yaml': release('    a: 1').replace('settings', 'shop-database'),
      }),
    );
    expect((await typeIn(folder, {}, 'graph')).stdout).toContain('shop-database');
  });

  it('hides a private key in base64', async () => {
    const key = Buffer.from(`-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\n`).toString('base64');
    const folder = repository({ ...files({}), 'talos/machine.yaml': `machine:\n  ca: { key: ${key} }\n` });
    const { stdout } = await typeIn(folder, {}, 'check');
    expect(stdout).toMatch(/\| {3}ca: \{ key: \*{3} \}\n/);
    expect(stdout).not.toContain(key.slice(0, 20));
  });
});
