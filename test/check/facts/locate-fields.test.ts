import { CheckContext } from '../../../lib/check/check-context';
import { placeFields } from '../../../lib/check/facts/locate-fields';
import { isMadeInCluster } from '../../../lib/check/facts/missing/generated-in-cluster';
import { lacksNamespace } from '../../../lib/check/facts/namespaces/lacks-namespace';
import { likelyMeant } from '../../../lib/check/facts/missing/suggestions';
import { assignmentProblem, valuesProblem } from '../../../lib/check/facts/releases/values-text';
import type { Finding, FindingLocation } from '../../../lib/findings/finding';
import { buildGraph } from '../../../lib/graph/build-graph';
import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';
import { object, type Files } from '../small-repositories';

describe('the place of a field', () => {
  const text = 'a: 1\nmetadata:\n  name: one\n---\nspec:\n  list:\n    - x: 2\n';
  const tree = treeOf({ 'f.yaml': text, 'broken.yaml': 'a: [' });
  const place = (field: string | undefined, location: FindingLocation, more: Partial<Finding> = {}) => {
    const found = {
      code: 'x',
      severity: 'error',
      message: '',
      locations: [location],
      field,
      ...more,
    } as Finding;
    const [{ file, line, column } = {}] = placeFields([found], tree)[0]?.locations ?? [];
    return [file, line, column].filter((part) => part !== undefined).join(':');
  };

  it.each([
    ['a', { file: 'f.yaml' }, 'f.yaml:1:1'],
    ['a', { file: 'f.yaml', line: 1 }, 'f.yaml:1:1'],
    ['metadata.name', { file: 'f.yaml', line: 1 }, 'f.yaml:3:3'],
    ['spec.list[0].x', { file: 'f.yaml', line: 5 }, 'f.yaml:7:7'],
    ['spec.list[0].y', { file: 'f.yaml', line: 5 }, 'f.yaml:7:7'],
    ['spec.other.x', { file: 'f.yaml', line: 5 }, 'f.yaml:5:1'],
    ['metadata.name', { file: 'f.yaml', line: 5 }, 'f.yaml:5'],
    ['a', { file: 'f.yaml', line: 2 }, 'f.yaml:2'],
    ['a', { file: 'gone.yaml', line: 2 }, 'gone.yaml:2'],
    ['a', { file: 'broken.yaml', line: 1 }, 'broken.yaml:1'],
    ['a', {}, ''],
    [undefined, { file: 'f.yaml', line: 1 }, 'f.yaml:1'],
  ])('%s of %j is %s', (field, location, expected) => {
    expect(place(field, location)).toBe(expected);
  });

  it('is that of the name where a finding has an object alone', () => {
    const identity = { group: '', kind: 'ConfigMap', name: 'one' };
    expect(place(undefined, { file: 'f.yaml', line: 1 }, { object: identity })).toMatch(/^f\.yaml:3:/);
  });

  it('is the own one of each location', () => {
    const locations = [
      { file: 'f.yaml', line: 1 },
      { file: 'f.yaml', line: 1 },
      { file: 'f.yaml', line: 1, field: 'metadata.name' },
    ];
    const [found] = placeFields(
      [{ code: 'x', severity: 'error', message: '', field: 'a', locations } as unknown as Finding],
      tree,
    );
    expect(found?.locations.map(({ line, column }) => [line, column === undefined])).toEqual([
      [1, false],
      [1, true],
      [3, false],
    ]);
  });
});

describe('a text that is a value', () => {
  it.each([
    ['a', undefined],
    ['', undefined],
    ['a,', undefined],
    ['a\\,b', undefined],
    ['"a,b"', 'its value has a comma, which ends'],
    ["'{a'", 'its value begins with "{"'],
    ['{a,b}', undefined],
    ['{a', 'its value begins with "{"'],
    ['{a\\}', 'its value begins with "{"'],
    ['{"a": 1}', 'its value is JSON'],
    ['{ "a" : 1}', 'its value is JSON'],
    ['{a: 1}', undefined],
    ['x{"a": 1}', undefined],
    ['a,b', 'its value has a comma, which ends'],
    ['a,b=c', 'its value has a comma, and what follows it is set'],
    ['a,,b=c', 'its value has a comma, which ends'],
    ['a,b=c,d', 'its value has a comma, which ends'],
  ])('at a path: %j', (text, problem) => {
    if (problem === undefined) expect(assignmentProblem(text)).toBeUndefined();
    else expect(assignmentProblem(text)).toContain(problem);
  });

  it.each([
    ['a: b', undefined],
    ['', undefined],
    ['~', undefined],
    ['[a]', 'its value is not a map'],
    ['a', 'its value is not a map'],
    ['a: [', 'its value is not valid YAML'],
  ])('of all values: %j', (text, problem) => {
    if (problem === undefined) expect(valuesProblem(text)).toBeUndefined();
    else expect(valuesProblem(text)).toContain(problem);
  });
});

const contextOf = (files: Files) => {
  const tree = treeOf({
    ...bootstrap,
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    ...files,
  });
  const context = new CheckContext(tree, buildGraph(tree), {});
  const [facts] = context.clusters;
  if (!facts) throw new Error('no cluster');
  return [context, facts] as const;
};

describe('what was likely meant', () => {
  const release = (name: string, namespace: string) =>
    object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', name, namespace, 'spec: { interval: 1h }');
  const meant = (name: string, applied: string, more: Files = {}) =>
    likelyMeant(...contextOf({ 'apps/all.yaml': applied, ...more }), {
      group: 'helm.toolkit.fluxcd.io',
      kind: 'HelmRelease',
      namespace: 'shop',
      name,
    })?.hint;

  it.each([
    ['a name in another namespace', 'web', release('web', 'x') + release('webs', 'shop'), '"x/web"'],
    ['a similar name', 'webb', release('web', 'shop'), '"web"'],
    ['a similar name in another namespace', 'webb', release('web', 'x'), '"x/web"'],
    ['another kind', 'web', object('v1', 'ConfigMap', 'web', 'x'), undefined],
    ['another name', 'web', release('database', 'shop'), undefined],
  ])('is %s', (_, name, applied, expected) => {
    const hint = meant(name, applied);
    if (expected === undefined) expect(hint).toBeUndefined();
    else expect(hint).toContain(expected);
  });

  it.each([
    ['that file', release('web', 'shop'), true],
    ['not one of another kind', object('v1', 'ConfigMap', 'web', 'shop'), false],
    ['not one of another name', release('api', 'shop'), false],
  ])('is in a file that nothing reads: %s', (_, text, expected) => {
    const files = { 'apps/kustomization.yaml': 'resources: [all.yaml]\n', 'apps/more.yaml': text };
    const hint = meant('web', object('v1', 'ConfigMap', 'm', 'x'), files);
    if (expected) expect(hint).toContain('"apps/more.yaml" has it');
    else expect(hint).toBeUndefined();
  });
});

describe('an object that something makes in the cluster', () => {
  const set = (spec: string) =>
    object('fluxcd.controlplane.io/v1', 'ResourceSet', 's', 'flux-system', `spec: { ${spec} }`);
  const generator = object(
    'source.extensions.fluxcd.io/v1beta1',
    'ArtifactGenerator',
    'g',
    'flux-system',
    'spec: {}',
  );

  it.each([
    ['HelmRelease', set('resources: [{ kind: ConfigMap }, { kind: HelmRelease }]'), true],
    ['HelmRelease', set('resourcesTemplate: "kind: HelmRelease"'), true],
    ['HelmRelease', set('resources: [{ kind: ConfigMap }]'), false],
    ['HelmRelease', set('resourcesTemplate: "kind: ConfigMap"'), false],
    ['ExternalArtifact', generator, true],
    ['HelmRelease', generator, false],
    ['ExternalArtifact', object('v1', 'ConfigMap', 'm', 'default'), false],
  ])('is a %s: %#', (kind, text, expected) => {
    expect(isMadeInCluster(contextOf({ 'apps/all.yaml': text })[1], kind)).toBe(expected);
  });
});

describe('an object without a namespace', () => {
  it.each([
    ['v1', 'ConfigMap', undefined, true],
    ['v1', 'ConfigMap', { name: 'a' }, true],
    ['v1', 'ConfigMap', { namespace: 'a' }, false],
    ['v1', 'Namespace', {}, false],
    ['source.toolkit.fluxcd.io/v1alpha1', 'GitRepository', {}, true],
    ['acme.io/v1', 'Shop', {}, false],
  ])('lacks one: %s %s %j', (apiVersion, kind, metadata, expected) => {
    expect(lacksNamespace({ apiVersion, kind, metadata })).toBe(expected);
  });
});
