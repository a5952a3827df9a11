import { checkTree } from '../../../lib/check/check-tree';
import { byCause } from '../../../lib/findings/causes';
import { fluxKustomization, kustomizationFrom, treeOf } from '../../graph/tree-of';
import { count, found, inLine, line, lines, object, resourceSet, type Files } from '../small-repositories';

const GROUP = 'image.toolkit.fluxcd.io/v1';
const automation = (
  name: string,
  path: string | undefined,
  namespace = 'flux-system',
  source = 'flux-system',
) =>
  object(
    GROUP,
    'ImageUpdateAutomation',
    name,
    namespace,
    'spec:',
    `  interval: 1h`,
    `  sourceRef: { kind: GitRepository, name: ${source}, namespace: flux-system }`,
    '  git: { commit: { author: { name: a, email: a@example.com } } }',
    `  update: { strategy: Setters${path === undefined ? '' : `, path: ${path}`} }`,
  );
const policy = (name: string, namespace = 'flux-system') =>
  object(
    GROUP,
    'ImagePolicy',
    name,
    namespace,
    'spec: { policy: { semver: { range: 1.x } }, imageRepositoryRef: { name: r } }',
  );
const source = (name: string, url: string) =>
  object(
    'source.toolkit.fluxcd.io/v1',
    'GitRepository',
    name,
    'flux-system',
    `spec: { interval: 1h, url: "${url}" }`,
  );
/** A repository with one marker, whose text is given, in `apps/map.yaml`. */
const repository = (marker: string, more: Files = {}): Files => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
  'apps/map.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: default }\ndata:\n  tag: 1.0.0 # ${marker}\n`,
  ...more,
});
const web = (namespace = 'flux-system') => `{"$imagepolicy": "${namespace}:web:tag"}`;

describe('automation-path-misses-marker', () => {
  const CODE = 'automation-path-misses-marker';
  const told = (...automations: readonly string[]) =>
    lines(CODE, repository(web(), { 'clusters/prod/a.yaml': automations.join('') }));

  it('reports the marker and the automation that do not match', () => {
    expect(told(automation('one', './other/'))).toEqual([
      line(
        'warning at apps/map.yaml:5 (  )',
        'no ImageUpdateAutomation covers the file, so the image is never updated',
        '=> correct spec.update.path of the automation',
      ),
      line(
        'at clusters/prod/a.yaml:9 (ImageUpdateAutomation one spec.update.path)',
        'no file below "other" has a marker for a policy in the namespace "flux-system"',
        '=> correct spec.update.path, or mark the fields',
      ),
    ]);
  });

  it('reports a policy in another namespace', () => {
    expect(told(automation('one', undefined, 'default'))).toEqual([
      line(
        'ImageUpdateAutomation "default/one" covers the file, but uses only policies of its own namespace, and the policy is in "flux-system"',
        '=> move the policy into the namespace of the automation',
      ),
    ]);
    expect(told(automation('one', './other', 'default'))).toEqual([
      line('no ImageUpdateAutomation covers the file'),
      line('no file below "other" has a marker for a policy in the namespace "default"'),
    ]);
  });

  it('does not compare namespaces if the automation has none', () => {
    const nowhere = told(automation('one', './other').replace(', namespace: flux-system', ''));
    expect(nowhere[1]).toMatch('no file below "other" has a marker for a policy, so the automation never');
  });

  it.each([
    ['no path', automation('one', undefined), 0],
    ['no namespace', automation('one', './apps').replace(', namespace: flux-system', ''), 0],
    ['the folder', automation('one', './apps'), 0],
    ['the folder with blank parts', automation('one', '././apps//'), 0],
    ['the folder on a detour', automation('one', './other/../apps'), 0],
    ['the folder on a way out of the repository', automation('one', '../apps'), 0],
    ['a pattern', automation('one', '"./apps/*"'), 2],
    ['another folder, of a suspended automation', `${automation('one', './other')}  suspend: true\n`, 1],
    ['a folder with its name as a beginning', automation('one', './app'), 2],
    ['a path with a variable', automation('one', '"./${DIR}"'), 0],
    ['a namespace with a variable', automation('one', './apps', '"${NAMESPACE}"'), 0],
    ['a namespace with a variable elsewhere', automation('one', './other', '"${NAMESPACE}"'), 2],
    ['one of two automations', automation('one', './apps') + automation('two', './other'), 1],
    ['no automation', policy('web'), 0],
  ])('for %s', (_, automations, expected) => {
    expect(told(automations)).toHaveLength(expected);
  });

  it.each([
    ['the same address', 'https://github.com/acme/fleet', 2],
    ['another address', 'https://github.com/acme/other', 0],
  ])('of an automation with a source of %s', (_, url, expected) => {
    const more = {
      'clusters/prod/a.yaml': automation('one', './x', 'flux-system', 'again') + source('again', url),
    };
    expect(lines(CODE, repository(web(), more))).toHaveLength(expected);
  });

  it('makes one finding of all markers that no automation covers', () => {
    const more = {
      'apps/more.yaml': repository(web())['apps/map.yaml']?.replace('name: a,', 'name: b,') ?? '',
    };
    const files = repository(web(), { ...more, 'clusters/prod/a.yaml': automation('one', './other') });
    expect(byCause(found(CODE, files)).map(inLine)).toEqual([
      line('at apps/map.yaml:5 (  ) no ImageUpdateAutomation covers the file, so the image is never updated'),
      line('no file below "other" has'),
    ]);
  });

  it('leaves a marker without its policy to the finding about the policy', () => {
    const automations = automation('one', './other') + policy('api');
    expect(lines(CODE, repository(web(), { 'clusters/prod/a.yaml': automations }))).toEqual([
      line('(ImageUpdateAutomation one spec.update.path) no file below "other" has'),
    ]);
  });

  it('counts a marker without a policy for the automation', () => {
    const more = { 'clusters/prod/a.yaml': automation('one', './apps') };
    expect(lines(CODE, repository('{"$imagepolicy": "web"}', more))).toEqual([]);
    const elsewhere = { 'clusters/prod/a.yaml': automation('one', './other') };
    expect(lines(CODE, repository('{"$imagepolicy": "web"}', elsewhere))).toEqual([
      line('(ImageUpdateAutomation one'),
    ]);
  });

  it('requires only one of several markers', () => {
    const second = repository(web())['apps/map.yaml']?.replace('name: a,', 'name: b,') ?? '';
    const more = {
      'clusters/prod/b.yaml': fluxKustomization('b', './b'),
      'b/map.yaml': second,
      'clusters/prod/a.yaml': automation('one', './apps'),
    };
    expect(lines(CODE, repository(web(), more))).toEqual([line('at b/map.yaml:5')]);
  });

  it('does not count an automation of another repository', () => {
    const other =
      automation('two', './apps', 'flux-system', 'other') + source('other', 'https://github.com/acme/other');
    expect(told(automation('one', './other') + other)).toHaveLength(2);
  });

  it.each([
    ['other labels', '{ matchLabels: { app: other } }', 1],
    ['its labels', '{ matchLabels: { app: web } }', 0],
    [
      'an expression that excludes it',
      '{ matchExpressions: [{ key: app, operator: NotIn, values: [web] }] }',
      1,
    ],
    ['an expression that includes it', '{ matchExpressions: [{ key: app, operator: Exists }] }', 0],
    ['no requirement', '{}', 0],
    ['a variable', '{ matchLabels: { app: "${APP}" } }', 0],
  ])('applies to a selector of policies with %s', (_, selector, expected) => {
    const labelled = policy('web').replace('namespace: flux-system', '$&, labels: { app: web }');
    const selective = `${automation('one', './apps')}  policySelector: ${selector}\n`;
    expect(told(labelled + selective)).toHaveLength(expected);
  });

  it('names the selector that leaves a policy out', () => {
    const selective = `${automation('one', '"./${DIR}"')}  policySelector: { matchLabels: { app: web } }\n`;
    expect(told(policy('web') + selective)).toEqual([
      line(
        'spec.policySelector of ImageUpdateAutomation "flux-system/one" does not select the ImagePolicy "web"',
        '=> add the labels to the ImagePolicy, or correct the selector',
      ),
    ]);
    const away = `${automation('one', './other')}  policySelector: { matchLabels: { app: web } }\n`;
    expect(told(policy('web') + away)).toEqual([
      line('no ImageUpdateAutomation covers the file'),
      line('in the namespace "flux-system" that spec.policySelector selects'),
    ]);
    expect(told(selective)).toEqual([]);
  });

  it('takes the path as Flux does', () => {
    expect(told(automation('one', './a/./b/'))).toEqual([
      line('covers the file'),
      line('no file below "a/b" has'),
    ]);
    expect(told(automation('one', '.apps'))).toHaveLength(2);
  });

  it('knows the source of the sync even if the repository does not show it', () => {
    const tree = treeOf(repository(web(), { 'clusters/prod/a.yaml': automation('one', './other') }));
    const { findings } = checkTree(tree, { entries: ['clusters/prod'] });
    expect(findings.filter(({ code }) => code === CODE)).toHaveLength(2);
  });

  it('examines no other kind', () => {
    const other = automation('one', './other').replace('ImageUpdateAutomation', 'ImageRepository');
    expect(told(other)).toEqual([]);
  });
});

describe('image-policy-missing', () => {
  const told = (marker: string, more: Files) => lines('image-policy-missing', repository(marker, more));

  it('names the place of one with that name', () => {
    expect(told(web('default'), { 'clusters/prod/p.yaml': policy('web', 'apps') })).toEqual([
      line(
        'at apps/map.yaml:5 (  )',
        'there is no ImagePolicy "default/web", so the image is never updated',
        '=> there is one in the namespace "apps": write "apps:web"',
      ),
    ]);
  });

  it.each([
    ['a similar one', policy('webb'), '=> correct the marker (did you mean "webb"?), or add the ImagePolicy'],
    ['no similar one', policy('database'), '=> correct the marker, or add the ImagePolicy'],
  ])('suggests %s', (_, policies, hint) => {
    expect(told(web(), { 'clusters/prod/p.yaml': policies })).toEqual([line(hint)]);
  });

  const kustomization = (name: string, more: string) => ({
    [`${name}/kustomization.yaml`]: `resources: [p.yaml]\n${more}`,
  });
  const images = (...fields: readonly string[]) => ({
    'clusters/prod/images.yaml': fluxKustomization('images', './images', fields),
    ...kustomization('images', 'namePrefix: w\n'),
    'images/p.yaml': policy('eb'),
  });
  it.each([
    ['it is there', { 'clusters/prod/p.yaml': policy('web') }],
    [
      'a file has it without a namespace',
      { 'x/p.yaml': policy('web').replace(', namespace: flux-system', '') },
    ],
    ['a build gives it the name', images()],
    ['a build for another cluster gives it the name', images('kubeConfig: {secretRef: {name: eu}}')],
    ['a file that nothing applies has it', { 'x/p.yaml': policy('web') }],
    ['there is none at all', {}],
    [
      'a file of another kind is called like it',
      { 'clusters/prod/p.yaml': policy('web').replace('ImagePolicy', 'ImageRepository') },
    ],
  ])('accepts it if %s', (_, more) => {
    expect(told(web(), more)).toEqual([]);
  });

  it('applies if a file that nothing applies has another one', () => {
    expect(told(web(), { 'x/p.yaml': policy('webb') })).toHaveLength(1);
  });

  it('recognizes a policy written as JSON', () => {
    const json = `{"apiVersion": "${GROUP}", "kind": "ImagePolicy", "metadata": {"name": "web", "namespace": "flux-system"}}\n`;
    expect(told(web(), { 'clusters/prod/p.yaml': json })).toEqual([]);
    expect(told(web('gone'), { 'clusters/prod/p.yaml': json })).toHaveLength(1);
  });

  it('applies if only a build creates policies', () => {
    const images = {
      'clusters/prod/images.yaml': fluxKustomization('images', './images'),
      'images/kustomization.yaml': 'resources: [p.yaml]\nnamespace: other\n',
      'images/p.yaml': policy('web'),
    };
    expect(told(web('other'), images)).toEqual([]);
    expect(told(web('gone'), images)).toHaveLength(1);
  });

  const named = (name: string, build: string, namespace = 'flux-system') => ({
    'clusters/prod/images.yaml': fluxKustomization('images', './images'),
    ...kustomization('images', build),
    'images/p.yaml': policy(name, namespace),
  });
  it('names the policy that a build renames', () => {
    expect(told(web(), named('web', 'namePrefix: w-\n'))).toEqual([
      line(
        'there is no ImagePolicy "flux-system/web"',
        '=> the build names it "w-web": write "flux-system:w-web"',
      ),
    ]);
    expect(told(web(), named('web', 'namespace: other\n'))).toEqual([line('write "other:web"')]);
    expect(told(web('other'), named('web', 'namespace: other\n', 'default'))).toEqual([]);
  });

  it('accepts a name that one of two builds changes', () => {
    const both = {
      ...named('web', 'namePrefix: w-\n'),
      'clusters/prod/more.yaml': fluxKustomization('more', './more'),
      'more/kustomization.yaml': 'resources: [../images/p.yaml]\n',
    };
    expect(told(web(), both)).toEqual([]);
  });

  it('finds a policy in a List', () => {
    const list = (name: string) =>
      `kind: List\napiVersion: v1\nitems:\n- ${policy(name).replace('---\n', '').trimEnd().replaceAll('\n', '\n  ')}\n`;
    expect(told(web(), { 'x/p.yaml': list('web') })).toEqual([]);
    expect(told(web(), { 'x/p.yaml': list('other') })).toHaveLength(1);
  });

  it('does not apply if a ResourceSet creates policies', () => {
    const set = (kind: string) =>
      resourceSet(`resources: [{ apiVersion: ${GROUP}, kind: ${kind}, metadata: { name: x } }]`);
    const files = (kind: string) => ({ 'clusters/prod/p.yaml': policy('database') + set(kind) });
    expect(told(web(), files('ImagePolicy'))).toEqual([]);
    expect(told(web(), files('ImageRepository'))).toHaveLength(1);
  });

  it('does not apply if another repository probably has the policy', () => {
    const other = (name: string) =>
      source(name, 'https://github.com/acme/other') + kustomizationFrom('GitRepository', name, './deploy');
    const files = (name: string, own: string) => ({ 'clusters/prod/p.yaml': policy(own) + other(name) });
    expect(told(web(), files('infrastructure', 'database'))).toEqual([]);
    expect(told(web(), files('infrastructure', 'webb'))).toHaveLength(1);
    expect(told(web(), files('shop', 'database'))).toHaveLength(1);
  });

  it('leaves markers that name no policy to marker-without-policy', () => {
    expect(told('{"$imagepolicy": "web"}', { 'clusters/prod/p.yaml': policy('webb') })).toEqual([]);
  });
});

describe('marker-without-policy', () => {
  it.each([
    ['{"$imagepolicy": "flux-system:web"}', 0],
    ['{"$imagepolicy": "flux-system:web:tag"}', 0],
    ['{"$imagepolicy": "flux-system:web:name"}', 0],
    ['{"$imagepolicy": "flux-system:web:digest"}', 0],
    ['{"$imagepolicy": "flux-system:web:version"}', 1],
    ['{"$imagepolicy": "flux-system:web:tag:x"}', 1],
    ['{"$imagepolicy": "Flux:web"}', 1],
    ['{"$imagepolicy": "web"}', 1],
    ['{"$imagepolicy": ":web"}', 1],
    ['{"$imagepolicy": 5}', 1],
    ["{'$imagepolicy': 'flux-system:web'}", 1],
    ['["$imagepolicy"]', 1],
    ['see $imagepolicy', 1],
    ['{"other": "flux-system:web"}', 0],
  ])('%s', (marker, expected) => {
    const found = lines('marker-without-policy', repository(marker));
    expect(found).toEqual(
      expected === 0 ? [] : [line('at apps/map.yaml:5 (  )', `got ${JSON.stringify(marker)}:`)],
    );
  });

  it.each([
    ['a comment on a line of its own', '\n  # {"$imagepolicy": "web"}\n  # 5'],
    ['what is no comment', '5"\n  other: "a#{$imagepolicy}'],
  ])('accepts %s', (_, text) => {
    expect(count('marker-without-policy', repository(text))).toBe(0);
  });

  it('accepts a file that Flux does not build', () => {
    const more = { 'docs/map.yaml': repository('{"$imagepolicy": "web"}')['apps/map.yaml'] ?? '' };
    expect(count('marker-without-policy', repository('', more))).toBe(0);
  });
});

describe('image-repository-missing', () => {
  it('reports a policy without an ImageRepository', () => {
    expect(lines('image-repository-missing', { 'clusters/prod/p.yaml': policy('web') })).toEqual([
      line(
        '(ImagePolicy web spec.imageRepositoryRef',
        'refers to ImageRepository "flux-system/r"',
        'so the policy never chooses an image',
      ),
    ]);
    const repositories = object(
      GROUP,
      'ImageRepository',
      'r',
      'flux-system',
      'spec: { image: ghcr.io/a/r, interval: 1h }',
    );
    expect(count('image-repository-missing', { 'clusters/prod/p.yaml': policy('web') + repositories })).toBe(
      0,
    );
  });
});
