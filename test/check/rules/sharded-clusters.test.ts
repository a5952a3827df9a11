import { configMap, fluxKustomization } from '../../graph/tree-of';
import { controller, file, found, inShard, KEY, main, shard, short } from './sharded-cluster';

type Files = Readonly<Record<string, string>>;

/** A FluxInstance that syncs `clusters/prod`. */
const instance = (...spec: readonly string[]): Files => ({
  'clusters/prod/instance.yaml': [
    'apiVersion: fluxcd.controlplane.io/v1',
    'kind: FluxInstance',
    'metadata: { name: flux, namespace: flux-system }',
    'spec:',
    '  distribution: { version: 2.9.x, registry: ghcr.io/fluxcd }',
    '  sync: { kind: GitRepository, url: "https://github.com/acme/fleet.git", ref: refs/heads/main, path: clusters/prod }',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n'),
});

describe('an object in a shard', () => {
  it('has a controller if one watches its label', () => {
    expect(short({ [file]: `${main()}---\n${shard('s1')}`, ...inShard('s1') })).toEqual([]);
  });

  it('is not seen by a second Flux that watches only its own namespace', () => {
    const second = (flag: string) =>
      controller('other', 'kustomize-controller', ['--watch-all-namespaces=true', flag]).replace(
        'namespace: flux-system',
        'namespace: team',
      );
    const files = (flag: string) => ({ [file]: `${main()}---\n${second(flag)}`, ...inShard('s1') });
    expect(short(files('--watch-all-namespaces=false'))).toEqual([
      'error shard-without-controller Kustomization/apps',
    ]);
    expect(short(files('--watch-all-namespaces=true'))).toEqual([
      'warning shard-without-controller Kustomization/apps',
      'error shard-watched-twice /',
    ]);
  });

  it('is never reconciled if no controller watches it', () => {
    const files = { [file]: `${main()}---\n${shard('s1')}`, ...inShard('s2') };
    expect(short(files)).toEqual(['error shard-without-controller Kustomization/apps']);
    expect(found(files)[0]?.message).toBe(
      `no kustomize-controller watches it, so Flux never reconciles it: it has the label ${KEY}=s2; there are kustomize-controller (!${KEY}), kustomize-controller-s1 (${KEY}=s1)`,
    );
  });

  it('is reported once with all other objects of its shard', () => {
    const more = ['b', 'c'].flatMap((name): [string, string][] => [
      [
        `clusters/prod/${name}.yaml`,
        inShard('s2')['clusters/prod/apps.yaml']?.replaceAll('apps', name) ?? '',
      ],
      [`${name}/map.yaml`, configMap(name)],
    ]);
    const files = { ...inShard('s2'), ...Object.fromEntries(more) };
    const told = (components: string) =>
      found({ [file]: components, ...files }).map(({ message }) => message);
    expect(told(main())).toEqual([
      expect.stringMatching(
        /^no kustomize-controller watches it and 2 more, so Flux never reconciles them: /,
      ),
    ]);
    expect(told(main([]))).toEqual([expect.stringMatching(/reconciles it and 2 more$/)]);
    const other = {
      ...files,
      'clusters/prod/b.yaml': files['clusters/prod/b.yaml']?.replace('s2', 's3') ?? '',
    };
    expect(found({ [file]: main(), ...other })).toHaveLength(2);
  });

  it('is reconciled by the main controllers if these watch everything, with a warning', () => {
    expect(short({ [file]: main([]), ...inShard('s2') })).toEqual([
      'warning shard-without-controller Kustomization/apps',
    ]);
  });

  it('without a label is never reconciled if all controllers require one', () => {
    const files = {
      [file]: controller('kustomize-controller', 'kustomize-controller', [
        `--watch-label-selector=${KEY}=s1`,
      ]),
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/map.yaml': configMap('a'),
    };
    expect(found(files).map(({ message }) => message.includes('it has no label of a shard'))).toContain(true);
  });

  it.each([
    ['no controllers are in the repository', {}],
    [
      'the controller is another one',
      { [file]: controller('helm-controller', 'helm-controller', ['--watch-label-selector=x']) },
    ],
    ['the selector cannot be read', { [file]: main(['--watch-label-selector=a b c']) }],
    [
      'something makes shards in the cluster',
      {
        [file]: main(),
        'clusters/prod/set.yaml':
          'apiVersion: templates.weave.works/v1alpha1\nkind: FluxShardSet\nmetadata: { name: a, namespace: b }\n',
      },
    ],
  ])('is not judged if %s', (_, files: Files) => {
    expect(short({ ...files, ...inShard('s2') })).toEqual([]);
  });

  it('is not judged if its label is a variable that files do not define', () => {
    expect(short({ [file]: main(), ...inShard('${SHARD}') })).toEqual([]);
  });

  it('recognizes a controller by its image, and ignores one that is scaled down', () => {
    const [component, args] = ['kustomize-controller', [`--watch-label-selector=${KEY}=s2`]] as const;
    expect(
      short({ [file]: `${main()}---\n${controller('other', component, args)}`, ...inShard('s2') }),
    ).toEqual([]);
    expect(
      short({ [file]: `${main()}---\n${controller('other', component, args, 0)}`, ...inShard('s2') }),
    ).toEqual(['error shard-without-controller Kustomization/apps']);
    expect(
      short({ [file]: `${main()}---\n${controller('other', 'my-app', args)}`, ...inShard('s2') }),
    ).toHaveLength(1);
  });

  it('uses the last selector of a controller, in either form', () => {
    const args = [`--watch-label-selector=${KEY}=old`, '--watch-label-selector', `${KEY}=s2`];
    const files = `${main()}---\n${controller('k', 'kustomize-controller', args)}`;
    expect(short({ [file]: files, ...inShard('s2') })).toEqual([]);
    expect(short({ [file]: files, ...inShard('old') })).toHaveLength(1);
  });
});

describe('an object in a shard of the Flux operator', () => {
  const shards = (names: string, more = ''): string => `sharding: { shards: [${names}]${more} }`;

  it('has the controllers that the FluxInstance lists', () => {
    expect(short({ ...instance(shards('s1, s2')), ...inShard('s2') })).toEqual([]);
    expect(short({ ...instance(shards('s1')), ...inShard('s2') })).toEqual([
      'error shard-without-controller Kustomization/apps',
    ]);
    expect(short({ ...instance(), ...inShard('s2') })).toEqual([
      'warning shard-without-controller Kustomization/apps',
    ]);
  });

  it('has the label that the FluxInstance names', () => {
    const files = { ...instance(shards('s1', ', key: example.com/shard')), ...inShard('s1') };
    expect(short(files)).toEqual([]);
  });

  it('is not judged if patches of the FluxInstance change what controllers watch', () => {
    const patch = 'kustomize: { patches: [{ patch: "- op: add\\n  value: --watch-label-selector=x\\n" }] }';
    expect(short({ ...instance(shards('s1'), patch), ...inShard('s2') })).toEqual([]);
  });

  it.each([
    ['2.8.x', []],
    ['2.9.x', ['error shard-without-controller ArtifactGenerator/g']],
    ['2.x', []],
  ])('of the source-watcher has one from Flux 2.9 on: %s', (version, codes) => {
    const components = 'components: [source-controller, kustomize-controller, source-watcher]';
    const files = { ...instance(components, shards('s1')) };
    const text = Object.values(files)[0]?.replace('2.9.x', version) ?? '';
    const generator = [
      'apiVersion: source.extensions.fluxcd.io/v1beta1',
      'kind: ArtifactGenerator',
      `metadata: { name: g, namespace: flux-system, labels: { ${KEY}: s2 } }`,
      'spec:',
      '  sources: [{ alias: repo, kind: GitRepository, name: flux-system }]',
      '  artifacts: [{ name: a, copy: [{ from: "@repo/a/**", to: "@artifact/" }] }]',
      '',
    ].join('\n');
    expect(short({ 'clusters/prod/instance.yaml': text, 'clusters/prod/g.yaml': generator })).toEqual(codes);
  });

  it('of notifications has the main controller', () => {
    const provider = `apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Provider\nmetadata: { name: p, namespace: flux-system, labels: { ${KEY}: s1 } }\nspec: { type: slack, address: "https://a" }\n`;
    expect(short({ ...instance(shards('s1')), 'clusters/prod/p.yaml': provider })).toEqual([]);
  });
});

describe('controllers that watch the same objects', () => {
  it('are reported once, with the number of objects that both reconcile', () => {
    const files = { [file]: `${main([])}---\n${shard('s1')}`, ...inShard('s1') };
    expect(short(files)).toEqual(['error shard-watched-twice /']);
    const [first] = found(files);
    expect(first?.message).toBe(
      'kustomize-controller and kustomize-controller-s1 reconcile the same objects: Kustomization "flux-system/apps"',
    );
    expect(first?.hint).toContain(`start kustomize-controller with --watch-label-selector=!${KEY}: `);
    expect(first?.locations[0]?.file).toBe(file);
    const second = {
      'clusters/prod/b.yaml': inShard('s1')['clusters/prod/apps.yaml']?.replaceAll('apps', 'b') ?? '',
    };
    expect(found({ ...files, ...second, 'b/map.yaml': configMap('b') })[0]?.message).toContain(
      '" and 1 more',
    );
  });

  it('need different selectors if both have one', () => {
    const files = {
      [file]: `${main()}---\n${shard('s1')}---\n${shard('s1').replaceAll('-s1,', '-s1b,')}`,
      ...inShard('s1'),
    };
    expect(found(files)[0]?.hint).toBe(
      'give each kustomize-controller a --watch-label-selector that matches no object of another one',
    );
  });
});

describe('a chart and its source', () => {
  const release = (source: string, chart: string): string =>
    [
      'apiVersion: source.toolkit.fluxcd.io/v1',
      'kind: HelmRepository',
      `metadata: { name: charts, namespace: default, labels: { ${source} } }`,
      'spec: { interval: 60m, url: "https://example.com" }',
      '---',
      'apiVersion: helm.toolkit.fluxcd.io/v2',
      'kind: HelmRelease',
      `metadata: { name: web, namespace: default, labels: { ${KEY}: s2 } }`,
      'spec:',
      '  interval: 60m',
      '  chart:',
      `    metadata: { labels: { ${chart} } }`,
      '    spec: { chart: web, version: 1.0.0, sourceRef: { kind: HelmRepository, name: charts } }',
      '',
    ].join('\n');
  const all = `${main()}---\n${shard('s1')}---\n${shard('s2')}`;
  const codes = (source: string, chart: string, components = all): string[] =>
    short({ [file]: components, 'clusters/prod/web.yaml': release(source, chart) });

  it.each([
    ['the same shard', `${KEY}: s1`, `${KEY}: s1`, []],
    ['the main controllers', '', '', []],
    ['a shard, and the chart in none', `${KEY}: s1`, '', ['error shard-source-apart HelmRelease/web']],
    ['none, and the chart in a shard', '', `${KEY}: s1`, ['error shard-source-apart HelmRelease/web']],
    ['another shard', `${KEY}: s1`, `${KEY}: s2`, ['error shard-source-apart HelmRelease/web']],
  ])('are reported with the source in %s', (_, source, chart, expected) => {
    expect(codes(source, chart)).toEqual(expected);
  });

  it('reach each other if there is one source-controller', () => {
    const one = [
      main([]),
      controller('helm-controller-s2', 'helm-controller', [`--watch-label-selector=${KEY}=s2`]),
    ];
    expect(codes(`${KEY}: s1`, '', one.join('---\n')).filter((code) => code.includes('apart'))).toEqual([]);
  });

  it('name the place of the source, and what to write', () => {
    const [first] = found({ [file]: all, 'clusters/prod/web.yaml': release(`${KEY}: s1`, '') });
    expect(first?.message).toBe(
      'the HelmChart that Flux creates for it has no label of a shard and goes to source-controller, which does not see the HelmRepository "charts" of source-controller-s1',
    );
    expect(first?.hint).toBe(
      `set spec.chart.metadata.labels to the label of the HelmRepository: it has the label ${KEY}=s1`,
    );
  });

  it.each([
    ['s1', 's1', []],
    ['s1', 's2', ['error shard-source-apart GitRepository/outer']],
  ])('a GitRepository in %s that includes one in %s', (outer, inner, expected) => {
    const git = (name: string, of: string, more = ''): string =>
      `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: ${name}, namespace: default, labels: { ${KEY}: ${of} } }\nspec: { interval: 5m, url: "https://a/${name}"${more} }\n`;
    const text = `${git('outer', outer, ', include: [{ repository: { name: inner } }]')}---\n${git('inner', inner)}`;
    expect(short({ [file]: all, 'clusters/prod/git.yaml': text })).toEqual(expected);
  });

  it('a Kustomization finds its source in any shard', () => {
    expect(short({ [file]: all, ...inShard('s2') })).toEqual([]);
  });
});
