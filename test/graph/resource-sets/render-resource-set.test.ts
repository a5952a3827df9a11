import { hasHiddenTemplates, renderResourceSet } from '../../../lib/graph/resource-sets/render-resource-set';
import type { ManifestObject } from '../../../lib/tree/manifest';
import { idText } from '../tree-of';

const configMap = (name: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'apps', ...more },
});
const setOf = (spec: object, annotations?: object): ManifestObject => ({
  apiVersion: 'fluxcd.controlplane.io/v1',
  kind: 'ResourceSet',
  metadata: { name: 'set', namespace: 'flux-system', ...(annotations && { annotations }) },
  spec,
});
const idsOf = (set: ManifestObject) => renderResourceSet(set).objects.map(({ object }) => idText(object));
const disabled = { 'fluxcd.controlplane.io/reconcile': 'disabled' };
const teams = [{ team: 'a' }, { team: 'b' }];

describe('a ResourceSet', () => {
  it('creates its resources once without inputs', () => {
    const set = setOf({ resources: [configMap('one'), configMap('two')] });
    expect(renderResourceSet(set)).toEqual({
      objects: [
        { object: configMap('one'), field: 'spec.resources[0]' },
        { object: configMap('two'), field: 'spec.resources[1]' },
      ],
      hidden: [],
    });
  });

  it('creates each resource for all inputs, and an object only once', () => {
    const set = setOf({ inputs: teams, resources: [configMap('<< inputs.team >>'), configMap('shared')] });
    expect(idsOf(set)).toEqual(['ConfigMap/apps/a', 'ConfigMap/apps/b', 'ConfigMap/apps/shared']);
  });

  it('has the objects of its template after its resources, which win', () => {
    const resourcesTemplate = [
      '# first',
      '---',
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata: { name: one, namespace: apps }',
      'data: { from: template }',
      '---',
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata: { name: "t-<< inputs.team >>", namespace: apps }',
      '',
    ].join('\n');
    const set = setOf({ inputs: teams, resources: [configMap('one')], resourcesTemplate });
    expect(idsOf(set)).toEqual(['ConfigMap/apps/one', 'ConfigMap/apps/t-a', 'ConfigMap/apps/t-b']);
    expect(renderResourceSet(set).objects.map(({ object, field }) => [object.data, field])).toEqual([
      [undefined, 'spec.resources[0]'],
      [undefined, 'spec.resourcesTemplate'],
      [undefined, 'spec.resourcesTemplate'],
    ]);
  });

  it('has those of its steps', () => {
    const set = setOf({
      steps: [{ name: 'x', resources: [configMap('one')] }, { resources: [configMap('two')] }],
    });
    expect(renderResourceSet(set).objects.map(({ field }) => field)).toEqual([
      'spec.steps[0].resources[0]',
      'spec.steps[1].resources[0]',
    ]);
  });

  it('sets common metadata', () => {
    const set = setOf({ commonMetadata: { labels: { a: 'b' } }, resources: [configMap('one')] });
    expect(renderResourceSet(set).objects[0]?.object.metadata?.labels).toEqual({ a: 'b' });
  });

  it('leaves out what is disabled', () => {
    const resources = [configMap('off', { annotations: disabled }), configMap('on')];
    const inputs = [{ team: 'a' }];
    expect(idsOf(setOf({ inputs, resources }))).toEqual(['ConfigMap/apps/on']);
    const resourcesTemplate = resources.map((one) => JSON.stringify(one)).join('\n---\n');
    expect(idsOf(setOf({ resourcesTemplate }))).toEqual(['ConfigMap/apps/on']);
    // Without inputs, the operator does not look at the annotations of what is in a list.
    expect(idsOf(setOf({ resources }))).toEqual(['ConfigMap/apps/off', 'ConfigMap/apps/on']);
  });

  it.each<[string, object]>([
    ['inputs come from a provider', { inputsFrom: [{ name: 'x' }], resources: [configMap('one')] }],
    [
      'inputs are combined in an unknown way',
      { inputStrategy: { name: 'Zip' }, inputs: teams, resources: [configMap('a')] },
    ],
    ['the operator sets the input', { inputs: [{ id: 'a' }], resources: [configMap('<< inputs.id >>')] }],
    [
      'there is very much text',
      { inputs: Array(1000).fill({ a: 'b' }), resources: [configMap(`<< inputs.a >>${'x'.repeat(9999)}`)] },
    ],
    [
      'inputs become very much text',
      { inputs: [{ a: 'x'.repeat(9999) }], resources: [configMap('<< inputs.a >>'.repeat(1000))] },
    ],
    ['there are very many objects', { inputs: Array(2001).fill({}), resources: [configMap('one')] }],
    ['an input does not exist', { inputs: teams, resources: [configMap('<< inputs.none >>')] }],
    [
      'an input exists only in one round',
      { inputs: [{ x: 'a' }, {}], resources: [configMap('<< inputs.x >>')] },
    ],
    [
      'the path of an input is very long',
      { inputs: teams, resources: [configMap(`<< inputs${'.a'.repeat(200_000)} >>`)] },
    ],
    ['there are no inputs', { resources: [configMap('<< inputs.team >>')] }],
    ['the template has a condition', { resourcesTemplate: '<< if inputs.x >>a: b<< end >>' }],
    ['a document of the template is not an object', { resourcesTemplate: '---\na: b\n' }],
    [
      'the result is not valid YAML',
      { inputs: [{ team: '"' }], resources: [configMap('<< inputs.team >>')] },
    ],
    ['the namespace is missing', { resources: [{ ...configMap('one'), metadata: { name: 'one' } }] }],
    ['the name is missing', { resources: [{ ...configMap('one'), metadata: { namespace: 'a' } }] }],
    ['the kind is missing', { resources: [{ apiVersion: 'v1', metadata: { name: 'a', namespace: 'a' } }] }],
    ['a resource is not an object', { resources: [null, 'text', 1] }],
  ])('hides what only the operator knows: %s', (_, spec) => {
    expect(hasHiddenTemplates(setOf(spec))).toBe(true);
  });

  it('is hidden while it is disabled, because what it created before stays', () => {
    expect(renderResourceSet(setOf({ resources: [configMap('on')] }, disabled))).toEqual({
      objects: [],
      hidden: [configMap('on')],
    });
  });

  it('knows what provides the inputs, which no input replaces', () => {
    const resource = configMap('<< inputs.provider.name >>-<< inputs.provider.namespace >>');
    const inputs = [{ provider: { name: 'other' } }];
    expect(idsOf(setOf({ inputs, inputStrategy: { name: 'Flatten' }, resources: [resource] }))).toEqual([
      'ConfigMap/apps/set-flux-system',
    ]);
  });

  it('has documents that begin after a separator with a comment', () => {
    const text = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`;
    const resourcesTemplate = `# head\n--- # one\n${text('a')}---  # two\n${text('b')}---#\n`;
    expect(idsOf(setOf({ resourcesTemplate }))).toEqual(['Namespace//a', 'Namespace//b']);
  });

  it('has documents of which all lines are indented', () => {
    const resourcesTemplate = '  # head\n---\n  apiVersion: v1\n  kind: Namespace\n  metadata: { name: a }\n';
    expect(idsOf(setOf({ resourcesTemplate }))).toEqual(['Namespace//a']);
  });

  it('takes names of object properties for no inputs', () => {
    for (const path of ['constructor', '__proto__', 'a.constructor.name', 'a.length', 'a.toString'])
      expect(
        hasHiddenTemplates(setOf({ inputs: [{ a: {} }], resources: [configMap(`<< inputs.${path} >>`)] })),
      ).toBe(true);
  });

  it('has objects without a namespace if their kind has none', () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: '<< inputs.team >>' } };
    expect(idsOf(setOf({ inputs: teams, resources: [namespace] }))).toEqual(['Namespace//a', 'Namespace//b']);
  });

  it('of another group is not one', () => {
    const set = { ...setOf({ inputsFrom: [{}], resources: [configMap('one')] }), apiVersion: 'acme.io/v1' };
    expect(hasHiddenTemplates(set)).toBe(false);
  });

  it.each([[undefined], [null], ['text'], [[]], [{ inputs: 'x', resources: {}, steps: 1 }]])(
    'may be anything: %j',
    (spec) => {
      expect(renderResourceSet({ ...setOf({}), spec })).toEqual({ objects: [], hidden: [] });
    },
  );
});
