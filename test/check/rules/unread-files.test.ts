import { bootstrap, fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, release, resourceSet, type Files } from '../small-repositories';

const map = (name: string) => object('v1', 'ConfigMap', name, 'default');
const list = (...resources: readonly string[]) => `resources: [${resources.join(', ')}]\n`;

describe('orphan-file', () => {
  const told = (files: Files) =>
    lines('orphan-file', {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/map.yaml': map('map'),
      ...files,
    });

  it.each([
    [
      'a file of its own',
      { 'other.yaml': map('a') },
      'at other.yaml:4 (ConfigMap a ) no Kustomization reads this file',
    ],
    [
      'a folder with one',
      { 'other/a.yaml': map('a') },
      'at other/a.yaml:4 (ConfigMap a ) no Kustomization reads the folder "other", with its manifest =>',
    ],
    [
      'a folder with three',
      { 'other/a.yaml': map('a') + map('x'), 'other/b.yaml': map('b'), 'other/c/c.yaml': map('c') },
      'at other/a.yaml:4 (ConfigMap a ) no Kustomization reads the folder "other", with its 3 manifests =>',
    ],
    ['a folder beside one that is read', { 'apps2/b/a.yaml': map('a') }, 'the folder "apps2", with'],
  ])('names %s', (_, files, words) => {
    expect(told(files)).toEqual([line(words)]);
  });

  it.each([
    [
      'that may be a cluster',
      'clusters/lab',
      fluxKustomization('apps', './apps'),
      'if Flux starts from it in another',
    ],
    ['without a Kustomization', 'clusters/lab', map('a'), 'remove what is no longer used'],
    ['elsewhere', 'lab/cluster', fluxKustomization('apps', './apps'), 'remove what is no longer used'],
  ])('says what to do with a folder %s', (_, folder, text, hint) => {
    expect(told({ [`${folder}/apps.yaml`]: text })).toEqual([line(`=> ${hint}`)]);
  });

  it('passes a folder whose kustomization cannot be read, which is reported', () => {
    const files = { 'apps/kustomization.yaml': 'resources: [map.yaml\n', 'apps/web.yaml': map('web') };
    expect(told(files)).toEqual([]);
    expect(
      lines('file-not-listed', { 'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'), ...files }),
    ).toEqual([]);
  });

  it('leaves what is not listed to file-not-listed', () => {
    expect(told({ 'apps/kustomization.yaml': list('map.yaml'), 'apps/web.yaml': map('web') })).toEqual([]);
    expect(
      told({ 'apps/kustomization.yaml': list('map.yaml'), 'apps/web/web.yaml': map('web') }),
    ).toHaveLength(1);
  });

  const orphan = { 'other/a.yaml': map('a') };
  const source = (kind: string, name: string, url: string) =>
    object('source.toolkit.fluxcd.io/v1', kind, name, 'flux-system', `spec: { interval: 1h, url: "${url}" }`);
  const from = (kind: string, name: string, path = './x') =>
    fluxKustomization(`of-${name}`, path)
      .replace('kind: GitRepository', `kind: ${kind}`)
      .replace('    name: flux-system', `    name: ${name}`);
  const set = (kind: string) => resourceSet(`resources: [{ kind: ${kind} }]`);
  const generator = object(
    'source.extensions.fluxcd.io/v1beta1',
    'ArtifactGenerator',
    'g',
    'flux-system',
    'spec: {}',
  );
  const pushing = (folder: string) => ({
    '.github/workflows/push.yaml': `run: flux push artifact oci://example.com/$NAME --path ${folder}\n`,
  });
  const ci = pushing('./elsewhere');

  it.each([
    ['a ResourceSet makes Kustomizations', { 'clusters/prod/s.yaml': set('Kustomization') }, 0],
    ['a ResourceSet makes other things', { 'clusters/prod/s.yaml': set('ConfigMap') }, 1],
    ['an ArtifactGenerator makes artifacts', { 'clusters/prod/g.yaml': generator }, 0],
    [
      'a Kustomization has a source that is not there',
      { 'clusters/prod/k.yaml': from('OCIRepository', 'gone') },
      0,
    ],
    [
      'an artifact is applied, and CI pushes some',
      {
        'clusters/prod/k.yaml':
          source('OCIRepository', 'o', 'oci://example.com/o') + from('OCIRepository', 'o'),
        ...ci,
      },
      0,
    ],
    [
      'an artifact is applied, and CI pushes none',
      {
        'clusters/prod/k.yaml':
          source('OCIRepository', 'o', 'oci://example.com/o') + from('OCIRepository', 'o'),
      },
      1,
    ],
    ['CI pushes artifacts, and none is applied', ci, 1],
    [
      'a script applies the files of the folder',
      { 'all.sh': 'for f in other/*.yaml; do kubectl apply -f $f; done' },
      0,
    ],
    ['a .sourceignore leaves the folder out', { '.sourceignore': 'other/\n' }, 0],
    ['a .sourceignore leaves another folder out', { '.sourceignore': 'else/\n' }, 1],
    ['a .gitignore leaves the folder out', { 'other/.gitignore': '*\n' }, 0],
    ['a .gitignore leaves another folder out', { '.gitignore': 'else/\n' }, 1],
    ['a script applies the files of another folder', { 'all.sh': 'kubectl apply -f "else/*.yaml"' }, 1],
    ['CI pushes the folder for other clusters', pushing('./other'), 0],
    ['CI pushes a folder around it and what is applied', pushing('./'), 1],
    [
      'another repository is applied, and CI pushes artifacts',
      {
        'clusters/prod/k.yaml':
          source('GitRepository', 'o', 'https://example.com/o') + from('GitRepository', 'o'),
        ...ci,
      },
      1,
    ],
    [
      'the cluster itself is an artifact that CI pushes',
      {
        'clusters/prod/flux-system/gotk-sync.yaml': (
          bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? ''
        ).replaceAll('GitRepository', 'OCIRepository'),
        'clusters/prod/apps.yaml': from('OCIRepository', 'flux-system', './apps'),
        ...ci,
      },
      1,
    ],
    [
      'one of two clusters has such a source',
      {
        'clusters/staging/flux-system/gotk-sync.yaml': (
          bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? ''
        ).replace('clusters/prod', 'clusters/staging'),
        'clusters/staging/k.yaml': from('OCIRepository', 'gone'),
      },
      0,
    ],
  ])('where %s', (_, files: Files, expected) => {
    expect(told({ ...orphan, ...files })).toHaveLength(expected);
  });
});

describe('source-unused', () => {
  const repository = (name: string, kind = 'GitRepository', namespace = 'flux-system') =>
    object(
      'source.toolkit.fluxcd.io/v1',
      kind,
      name,
      namespace,
      'spec: { interval: 1h, url: "https://example.com/x" }',
    );
  const told = (files: Files) => lines('source-unused', files);

  it.each(['GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket'])('finds a %s', (kind) => {
    expect(told({ 'clusters/prod/s.yaml': repository('s', kind) })).toEqual([
      line(
        `at clusters/prod/s.yaml:4 (${kind} s ) nothing in the cluster uses ${kind} "flux-system/s"`,
        '=> remove it',
      ),
    ]);
  });

  it.each([
    ['another kind', { 's.yaml': repository('s', 'HelmChart') }, 0],
    ['the source of the sync', { 's.yaml': repository('flux-system') }, 0],
    [
      'one of its name in another namespace',
      { 's.yaml': repository('flux-system', 'GitRepository', 'apps') },
      1,
    ],
    ['one of its name and another kind', { 's.yaml': repository('flux-system', 'HelmRepository') }, 1],
    [
      'one that a ResourceSet names',
      {
        's.yaml': repository('s'),
        'r.yaml': resourceSet('inputs: [{ source: s }]', 'resources: [{ kind: ConfigMap }]'),
      },
      0,
    ],
    [
      'one that a ResourceSet does not name',
      { 's.yaml': repository('s'), 'r.yaml': resourceSet('inputs: [{ source: other }]') },
      1,
    ],
    [
      'one that a ConfigMap names',
      { 's.yaml': repository('s'), 'c.yaml': `${map('c')}data: { source: "s" }\n` },
      1,
    ],
    ...['Kustomization', 'HelmRelease', 'HelmChart', 'ImageUpdateAutomation', 'ArtifactGenerator'].map(
      (kind): [string, Files, number] => [
        `one beside a ResourceSet of ${kind}s`,
        { 's.yaml': repository('s'), 'r.yaml': resourceSet(`resources: [{ kind: ${kind} }]`) },
        0,
      ],
    ),
    [
      'one beside a ResourceSet of ConfigMaps',
      { 's.yaml': repository('s'), 'r.yaml': resourceSet('resources: [{ kind: ConfigMap }]') },
      1,
    ],
    [
      'one beside what another repository applies',
      {
        's.yaml': repository('s') + repository('o'),
        'k.yaml': fluxKustomization('k', './x').replace('    name: flux-system', '    name: o'),
      },
      0,
    ],
    [
      'one that a HelmRelease uses',
      { 's.yaml': repository('charts', 'HelmRepository') + release('web', 'flux-system', 'web') },
      0,
    ],
    [
      'one that a Kustomization uses',
      {
        's.yaml': repository('s'),
        'k.yaml': fluxKustomization('k', './x').replace('    name: flux-system', '    name: s'),
      },
      0,
    ],
  ])('judges %s', (_, files: Files, expected) => {
    const placed = Object.entries(files).map(([file, text]) => [`clusters/prod/${file}`, text]);
    expect(told(Object.fromEntries(placed) as Files)).toHaveLength(expected);
  });

  it('is source-missing where a chart is not there', () => {
    const web = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'web',
      'default',
      'spec: { interval: 1h, chartRef: { kind: OCIRepository, name: gone } }',
    );
    expect(lines('source-missing', { 'clusters/prod/web.yaml': web })).toEqual([
      line('(HelmRelease web spec.chartRef) refers to OCIRepository "default/gone"'),
    ]);
  });

  it('is not asked of a source that is missing', () => {
    const gone = fluxKustomization('k', './x').replace('    name: flux-system', '    name: gone');
    expect(told({ 'clusters/prod/k.yaml': gone })).toEqual([]);
    expect(lines('source-missing', { 'clusters/prod/k.yaml': gone })).toEqual([
      line(
        '(Kustomization k spec.sourceRef) refers to GitRepository "flux-system/gone"',
        'so there is nothing to build or install',
      ),
    ]);
  });
});
