import { fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, release, resourceSet, type Files } from '../small-repositories';

const repository = object(
  'source.toolkit.fluxcd.io/v1',
  'HelmRepository',
  'charts',
  'default',
  'spec: { interval: 1h, url: "https://charts.example.com" }',
);
const shop = (reference = '{ kind: ConfigMap, name: vals }', more = '') =>
  `${repository}${release('shop', 'default', 'shop', `  valuesFrom: [${reference}]`)}${more}`;
const generator = (kind = 'configMap', more = '') =>
  `namespace: default\nresources: [release.yaml]\n${kind}Generator: [{ name: vals, literals: ["values.yaml=a: b"]${more} }]\n`;
const map = (name = 'vals', namespace = 'default') =>
  object('v1', 'ConfigMap', name, namespace, 'data: { values.yaml: "a: b" }');
const files = (kustomization: string, text = shop(), more: Files = {}): Files => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
  'apps/kustomization.yaml': kustomization,
  'apps/release.yaml': text,
  ...more,
});
const told = (...of: Parameters<typeof files>) => lines('reference-renamed', files(...of));
const listed = 'resources: [release.yaml, map.yaml]\n';

describe('reference-renamed', () => {
  it('reports the hash of a generated ConfigMap', () => {
    expect(told(generator())).toEqual([
      line(
        'error at apps/release.yaml:13',
        '(HelmRelease shop spec.valuesFrom[0])',
        'refers to ConfigMap "default/vals", but the build names it "vals-',
        'and does not change the reference',
        '=> set disableNameSuffixHash: true in the options of the generator, or add a nameReference for HelmRelease',
      ),
    ]);
    expect(told(generator('secret'), shop('{ kind: Secret, name: vals }'))).toEqual([
      line('refers to Secret "default/vals"'),
    ]);
  });

  it('distinguishes several generators', () => {
    const two = generator().replace('}]', '}, { name: other, literals: [a=b] }]');
    expect(told(two)).toEqual([line('names it "vals-')]);
  });

  it('reports a prefix', () => {
    expect(told(`namePrefix: a-\n${listed}`, shop(), { 'apps/map.yaml': map() })).toEqual([
      line('(HelmRelease a-shop spec.chart.spec.sourceRef)', 'but the build names it "a-charts"'),
      line(
        'but the build names it "a-vals"',
        '=> refer to "a-vals", or leave the name of the ConfigMap as it is, without namePrefix',
      ),
    ]);
  });

  it('reports references to Flux objects in the place of the rules about missing ones', () => {
    const notification = (kind: string, spec: string) =>
      object('notification.toolkit.fluxcd.io/v1beta3', kind, 'chat', 'default', spec);
    const alert =
      notification('Provider', 'spec: { type: generic, address: "https://example.com" }') +
      notification(
        'Alert',
        'spec: { providerRef: { name: chat }, eventSources: [{ kind: HelmRelease, name: shop }] }',
      );
    const all = files(
      'namePrefix: a-\nresources: [release.yaml]\n',
      repository + release('shop', 'default', 'shop') + alert,
    );
    expect(lines('reference-renamed', all)).toEqual([
      line('(HelmRelease a-shop', '=> refer to "a-charts", or leave the name of the HelmRepository as it is'),
      line('(Alert a-chat spec.eventSources[0])', 'names it "a-shop"'),
      line('(Alert a-chat spec.providerRef)'),
    ]);
    expect(lines('source-missing', all)).toEqual([]);
    expect(lines('source-unused', all)).toEqual([]);
    expect(lines('notification-reference-missing', all)).toEqual([]);
    const set = resourceSet('resources: [{ kind: HelmRepository }]');
    expect(lines('reference-renamed', { ...all, 'clusters/prod/set.yaml': set })).toEqual([
      line('(Alert'),
      line('(Alert'),
    ]);
    // Another repository may have what the reference names.
    const other = {
      'clusters/prod/other.yaml': `${fluxKustomization('other', './infrastructure').replace('    name: flux-system', '    name: o')}${object('source.toolkit.fluxcd.io/v1', 'GitRepository', 'o', 'flux-system', 'spec: { interval: 1h, url: "https://example.com/o.git" }')}`,
    };
    expect(lines('reference-renamed', { ...all, ...other })).toEqual([]);
    expect(lines('source-missing', { ...all, ...other })).toHaveLength(1);
  });

  it('does not propose to turn off the hash where that is not enough', () => {
    expect(told(`namePrefix: a-\n${generator()}`)).toEqual([
      line('HelmRepository'),
      line('=> set disableNameSuffixHash: true in the options of the generator, and refer to "a-vals"'),
    ]);
  });

  it('reports variables of a Kustomization, and credentials', () => {
    const variables = {
      'clusters/prod/kustomization.yaml':
        'resources: [apps.yaml]\nconfigMapGenerator: [{ name: vars, namespace: flux-system, literals: [A=b] }]\n',
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [
        'postBuild: { substituteFrom: [{ kind: ConfigMap, name: vars }] }',
      ]),
      'apps/map.yaml': map(),
    };
    expect(lines('reference-renamed', variables)).toEqual([
      line('(Kustomization apps spec.postBuild.substituteFrom[0])'),
    ]);
    const secret = repository.replace('com" }', 'com", secretRef: { name: vals } }');
    expect(told(generator('secret'), secret)).toHaveLength(1);
  });

  const configuration =
    'nameReference: [{ kind: ConfigMap, version: v1, fieldSpecs: [{ path: spec/valuesFrom/name, kind: HelmRelease }] }]\n';
  it.each<[string, string, string?, Files?]>([
    [
      'an option that turns off the hash',
      generator('configMap', ', options: { disableNameSuffixHash: true }'),
    ],
    [
      'a nameReference',
      `${generator()}configurations: [names.yaml]\n`,
      shop(),
      { 'apps/names.yaml': configuration },
    ],
    ['an optional reference', generator(), shop('{ kind: ConfigMap, name: vals, optional: true }')],
    ['another name', generator(), shop('{ kind: ConfigMap, name: other }')],
    ['a part of the name', generator(), shop('{ kind: ConfigMap, name: val }')],
    ['another kind', generator(), shop('{ kind: Secret, name: vals }')],
    [
      'another namespace',
      `namePrefix: a-\n${listed}`,
      shop().replace('name: charts }', 'name: a-charts }'),
      { 'apps/map.yaml': map('vals', 'flux-system') },
    ],
    ['an object that also has the name', generator(), shop(), { 'clusters/prod/map.yaml': map() }],
    [
      'two that had the name',
      `resources: [release.yaml, ../one, ../two]\n`,
      shop(),
      Object.fromEntries(
        ['one', 'two'].flatMap((name) => [
          [`${name}/kustomization.yaml`, `namePrefix: ${name}-\nresources: [map.yaml]\n`],
          [`${name}/map.yaml`, map()],
        ]),
      ),
    ],
    [
      'a build that is not known in full',
      generator().replace('[release.yaml]', '[release.yaml, "https://example.com/more.yaml"]'),
    ],
    ['a release that may create it', generator(), shop(undefined, release('vals', 'default', 'vals'))],
    [
      'a release that may create it in a namespace that is not known',
      generator(),
      shop(undefined, release('vals', 'default', 'vals', '  targetNamespace: ${NS}')),
    ],
    [
      'a release for another namespace that gets the name',
      generator(),
      shop(),
      { 'clusters/prod/other.yaml': release('other', 'flux-system', 'other', '  values: { config: vals }') },
    ],
  ])('accepts %s', (_, ...of) => {
    expect(told(...of)).toEqual([]);
  });

  it('reports it although a release of that name makes objects in another namespace', () => {
    const target = release('vals', 'default', 'vals', '  targetNamespace: other');
    expect(told(generator(), shop(undefined, target))).toHaveLength(1);
    const other = { 'clusters/prod/other.yaml': release('vals', 'flux-system', 'vals') };
    expect(told(generator(), shop(), other)).toHaveLength(1);
  });
});

describe('reference-renamed, if the build moves what refers to an object', () => {
  const child = fluxKustomization('web', './web', [
    'decryption: { provider: sops, secretRef: { name: keys } }',
    'postBuild: { substituteFrom: [{ kind: ConfigMap, name: vars }] }',
  ]);
  const vars = (namespace: string, metadata = '') =>
    `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: vars, namespace: ${namespace}${metadata} }\ndata: { A: b }\n`;
  const moving = (more: Files, spec = 'targetNamespace: shop') =>
    lines('reference-renamed', {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [spec]),
      'clusters/prod/shop.yaml': object('v1', 'Namespace', 'shop'),
      'apps/web.yaml': child,
      'web/map.yaml': map(),
      ...more,
    });
  const flux = { 'clusters/prod/vars.yaml': vars('flux-system') };

  it('reports variables that stay behind', () => {
    const expected = line(
      'warning at apps/web.yaml',
      '(Kustomization web spec.postBuild.substituteFrom[0])',
      'refers to ConfigMap "shop/vars", which nothing applies: the build moves this Kustomization from the namespace "flux-system", where ConfigMap "flux-system/vars" is',
      '=> keep the namespace of the Kustomization, or apply the ConfigMap to "shop" too',
    );
    expect(moving(flux)).toEqual([expected]);
    const overlay = { 'apps/kustomization.yaml': 'namespace: shop\nresources: [web.yaml]\n' };
    expect(moving({ ...flux, ...overlay }, 'force: false')).toEqual([expected]);
  });

  it('reports a key that stays behind', () => {
    const keys = object('v1', 'Secret', 'keys', 'flux-system', 'stringData: { age.agekey: "${KEY}" }');
    expect(moving({ 'clusters/prod/keys.yaml': keys })).toEqual([
      line('(Kustomization web spec.decryption.secretRef)', 'refers to Secret "shop/keys"'),
    ]);
  });

  it.each<[string, Files, string?]>([
    ['what is moved too', { 'apps/vars.yaml': vars('flux-system') }],
    ['what is nowhere', {}],
    ['what is in a third namespace', { 'clusters/prod/vars.yaml': vars('other') }],
    [
      'what is copied',
      { 'clusters/prod/vars.yaml': vars('flux-system', ', annotations: { replicate-to: shop }') },
    ],
    ['what stays with it', flux, 'force: false'],
    [
      'a reference by a release, which another rule reports',
      {
        ...flux,
        'apps/web.yaml': release(
          'web',
          'flux-system',
          'web',
          '  valuesFrom: [{ kind: ConfigMap, name: vars }]',
        ),
      },
    ],
    ['a script that makes it', { ...flux, 'setup.sh': 'kubectl create configmap vars -n shop\n' }],
    [
      'what has no namespace in the file either',
      {
        'clusters/prod/vars.yaml': vars('flux-system').replace(', namespace: flux-system', ''),
        'apps/web.yaml': child.replace('namespace: flux-system', 'labels: {}'),
      },
    ],
  ])('accepts %s', (...[, more, spec]) => {
    expect(moving(more, spec)).toEqual([]);
  });
});

describe('a reference to a ConfigMap that nothing applies', () => {
  const all = (...texts: readonly string[]) => texts.join('');
  const found = (text: string, more: Files = {}) => told('resources: [release.yaml]\n', text, more);

  it('reports a misspelt name', () => {
    const misspelt = '{ kind: ConfigMap, name: shop-valuse }';
    expect(found(all(shop(misspelt), map('shop-values')))).toEqual([
      line(
        'warning at apps/release.yaml:13 (HelmRelease shop spec.valuesFrom[0])',
        'refers to ConfigMap "default/shop-valuse", which nothing applies => did you mean "shop-values"?',
      ),
    ]);
  });

  const misspelt = '{ kind: ConfigMap, name: shop-valuse }';
  it.each([
    ['it may be missing', shop('{ kind: ConfigMap, name: shop-valuse, optional: true }'), map('shop-values')],
    ['only another namespace has the similar one', shop(misspelt), map('shop-values', 'other')],
    ['two are similar', shop(misspelt), map('shop-values') + map('shop-value')],
    ['none is similar', shop(misspelt), map('settings')],
    [
      'something else may create it',
      shop(misspelt),
      map('shop-values') + resourceSet('resources: [{ kind: ConfigMap }]'),
    ],
  ])('reports nothing if %s', (_, text, more) => expect(found(all(text, more))).toEqual([]));

  const base = '{ kind: ConfigMap, name: shop-values }';
  const generating = (names: readonly string[], text = shop(base), more: Files = {}, option = '') =>
    told(
      `namespace: default\nresources: [${['release.yaml', ...Object.keys(more).map((path) => path.replace('apps/', ''))].join()}]\n${option}configMapGenerator:\n` +
        names.map((name) => `  - { name: ${name}, literals: ["values.yaml=a: b"] }\n`).join(''),
      text,
      more,
    );
  const plain = 'generatorOptions: { disableNameSuffixHash: true }\n';
  const labelled = (label: string) => `generatorOptions: { labels: { ${label}: "1" } }\n`;
  it.each([
    ['one word more', ['shop-base-values'], base, ''],
    ['one word less', ['shop-values'], base.replace('shop-values', 'shop-base-values'), ''],
    ['no hash', ['shop-base-values'], base, plain],
    ['a label of Flux', ['shop-base-values'], base, labelled('reconcile.fluxcd.io/watch')],
    [
      'another that is read',
      ['shop-base-values', 'shop-dev-values'],
      `${base}, ${base.replace('shop-', 'shop-dev-')}`,
      plain,
    ],
  ])('reports a generated one that nothing reads, with %s', (_, names, references, option) => {
    const [wanted, meant] = references.startsWith(base)
      ? ['shop-values', 'shop-base-values']
      : ['shop-base-values', 'shop-values'];
    expect(generating(names, shop(references), {}, option)).toEqual([
      line(
        'warning at apps/release.yaml:13 (HelmRelease shop spec.valuesFrom[0])',
        `refers to ConfigMap "default/${wanted}", which nothing applies => did you mean "${meant}"?`,
      ),
    ]);
  });

  const second = (spec: string) => ({
    'apps/more.yaml': object('example.com/v1', 'Web', 'web', 'default', spec),
  });
  it.each<[string, ...Parameters<typeof generating>]>([
    ['two have a word more', ['shop-base-values', 'shop-dev-values']],
    ['it has other words', ['web-base-values']],
    ['it has two words more', ['shop-my-base-values']],
    ['the name is one word', ['shop-values'], shop('{ kind: ConfigMap, name: values }')],
    [
      'another object names it',
      ['shop-base-values'],
      shop(base),
      second('spec: { from: shop-base-values }'),
      plain,
    ],
    ['a file has it', ['other'], shop(base), { 'apps/map.yaml': map('shop-base-values') }],
    ['it has another key', ['shop-base-values'], shop(base.replace(' }', ', valuesKey: prod.yaml }'))],
    ['programs find it by a label', ['shop-base-values'], shop(base), {}, labelled('grafana_dashboard')],
  ])('reports nothing if %s', (_, ...rest) => expect(generating(...rest)).toEqual([]));

  it('reports nothing if it is generated for another namespace', () => {
    const elsewhere = '[{ name: shop-base-values, namespace: other, literals: ["values.yaml=a: b"] }]';
    expect(told(`resources: [release.yaml]\nconfigMapGenerator: ${elsewhere}\n`, shop(base))).toEqual([]);
  });

  it('reports nothing if another Kustomization generates it', () => {
    const more = {
      'clusters/prod/other.yaml': fluxKustomization('other', './other'),
      'other/kustomization.yaml':
        'namespace: default\nconfigMapGenerator: [{ name: shop-base-values, literals: ["values.yaml=a: b"] }]\n',
    };
    expect(found(shop(base), more)).toEqual([]);
  });

  const variables = (source: string, kind = 'ConfigMap', more = ''): Files => ({
    'clusters/prod/more.yaml':
      fluxKustomization('more', './more', [
        `postBuild: { substituteFrom: [{ kind: ${kind}, name: cluster-vars${more} }] }`,
      ]) + source,
    'more/a.yaml': map('a'),
  });
  const vars = map('cluster-vars');
  const secret = vars.replace('kind: ConfigMap', 'kind: Secret');
  it('reports variables that are applied with the Kustomization, but to another namespace', () => {
    expect(found('', variables(vars))).toEqual([
      line(
        'warning at clusters/prod/more.yaml',
        'refers to ConfigMap "flux-system/cluster-vars", which nothing applies: Flux looks in the namespace of the Kustomization, "flux-system", but the ConfigMap is in "default"',
        '=> apply the ConfigMap to "flux-system"',
      ),
    ]);
  });

  it.each<[string, Files, string?]>([
    ['two namespaces have it', variables(vars + map('cluster-vars', 'other'))],
    ['it has no namespace', variables(vars.replace(', namespace: default', ''))],
    ['another Kustomization applies it', variables(''), vars],
    ['it may be missing', variables(vars, 'ConfigMap', ', optional: true')],
    ['it is a Secret', variables(secret, 'Secret')],
    ['only a Secret has the name', variables(secret)],
    [
      'a controller copies it',
      variables(
        vars.replace('namespace: default', 'namespace: default, annotations: { replicate-to: flux-system }'),
      ),
    ],
  ])('reports no variables if %s', (_, more, text = '') => expect(found(text, more)).toEqual([]));
});
