import { CheckContext } from '../../../../lib/check/check-context';
import { checkTree } from '../../../../lib/check/check-tree';
import { unseenReferences } from '../../../../lib/check/unseen-references';
import { buildGraph } from '../../../../lib/graph/build-graph';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../../../graph/tree-of';
import { foreign, inLine, line, lines, object, release, type Files } from '../../small-repositories';

const source = (kind: string, name = 'web', namespace = 'flux-system') => {
  const address = kind === 'OCIRepository' ? 'oci://example.com/web' : 'https://example.com/web';
  const spec = `spec: { interval: 1h, url: "${address}", ref: { tag: 1.0.0 } }`;
  return object(
    'source.toolkit.fluxcd.io/v1',
    kind,
    name,
    namespace,
    spec.replace(/, ref.*/, kind === 'HelmRepository' ? ' }' : '$&'),
  );
};
const kustomization = (kind: string) =>
  fluxKustomization('web', './web', ['retryInterval: 1m'])
    .replace('kind: GitRepository', `kind: ${kind}`)
    .replace('    name: flux-system', '    name: web');
const helm = (reference: string) =>
  release('web', 'flux-system', 'web').replace(/chart: \{.*/, reference.replaceAll('$', 'name: web'));
const chart = (kind: string) => helm(`chart: { spec: { chart: web, sourceRef: { kind: ${kind}, $ } } }`);
const chartRef = (kind: string) => helm(`chartRef: { kind: ${kind}, $ }`);

/** What is said of references to sources. */
const told = (user: string, sources = '', more: Files = {}) => {
  const files = { 'clusters/prod/web.yaml': user + sources, 'web/map.yaml': configMap('map'), ...more };
  const { findings } = checkTree(treeOf({ ...bootstrap, ...files }));
  return findings
    .filter(({ code }) => ['source-missing', 'source-unused', 'schema-enum'].includes(code))
    .map((found) => `${found.code}: ${inLine(found)}`);
};
const hasThisName = (kind: string) => `=> ${kind} "flux-system/web" has this name: `;

describe('a reference to a source of the wrong kind', () => {
  it.each([
    ['a Kustomization', kustomization('GitRepository'), 'OCIRepository', 'set the kind to OCIRepository'],
    ['a chart', chart('HelmRepository'), 'GitRepository', 'set the kind to GitRepository'],
    [
      'a chart from a registry',
      chart('HelmRepository'),
      'OCIRepository',
      'name the OCIRepository in spec.chartRef',
    ],
    ['a chartRef', chartRef('OCIRepository'), 'HelmRepository', 'name the HelmRepository in spec.chart.spec'],
    [
      'no source of charts',
      kustomization('GitRepository'),
      'HelmRepository',
      'correct the kind of one of them',
    ],
  ])('has one finding, which names the kind that exists: %s', (_, user, kind, hint) => {
    expect(told(user, source(kind))).toEqual([line('source-missing: error', `${hasThisName(kind)}${hint}`)]);
  });

  it.each([
    ['a mistyped kind', kustomization('Gitrepository'), 'GitRepository', 'set the kind to GitRepository'],
    [
      'another kind of sources',
      kustomization('HelmRepository'),
      'OCIRepository',
      'set the kind to OCIRepository',
    ],
    [
      'a kind for the other field',
      chartRef('GitRepository'),
      'OCIRepository',
      'set the kind to OCIRepository',
    ],
  ])('has one finding if the field does not accept the kind: %s', (_, user, kind, hint) => {
    expect(told(user, source(kind))).toEqual([
      line('schema-enum: error', '.kind)', `${hasThisName(kind)}${hint}`),
    ]);
  });

  it('prefers a kind that the field accepts', () => {
    const both = source('HelmRepository') + source('Bucket');
    expect(told(kustomization('GitRepository'), both)).toEqual([
      line(`${hasThisName('Bucket')}set the kind`),
    ]);
  });

  it('says only that the kind is not accepted if no source has the name', () => {
    expect(told(kustomization('Gitrepository'))).toEqual([
      line('schema-enum: error', '=> did you mean "GitRepository"?'),
    ]);
  });

  it('rather means the same kind and name in another namespace', () => {
    const both = source('OCIRepository') + source('GitRepository', 'web', 'shop');
    expect(told(kustomization('GitRepository'), both)).toEqual([
      line('=> did you mean "shop/web"?'),
      line('source-unused', 'GitRepository "shop/web"'),
    ]);
  });

  it('rather means another kind than a similar name', () => {
    const both = source('OCIRepository') + source('GitRepository', 'webs');
    expect(told(kustomization('GitRepository'), both)).toEqual([
      line('source-missing', `${hasThisName('OCIRepository')}set the kind`),
      line('source-unused', 'GitRepository "flux-system/webs"'),
    ]);
  });

  // Many repositories have a GitRepository and a HelmRepository of one name.
  it('may be right if another repository may have the source', () => {
    const more = { 'clusters/prod/other.yaml': foreign('other', './x') };
    expect(told(kustomization('GitRepository'), source('OCIRepository'), more)).toEqual([
      line('source-missing: warning', '=> make sure that it does, or correct the reference'),
    ]);
  });

  it('does not matter for a source in another namespace, which is unused', () => {
    expect(told(kustomization('GitRepository'), source('OCIRepository', 'web', 'shop'))).toEqual([
      line('source-missing', '=> add it, or correct the reference'),
      line('source-unused', 'OCIRepository "shop/web"'),
    ]);
  });

  it('may be that of an Alert', () => {
    const events = 'eventSources: [{ kind: GitRepository, name: web }]';
    const spec = `spec: { providerRef: { name: chat }, ${events} }`;
    const alert = object('notification.toolkit.fluxcd.io/v1beta3', 'Alert', 'a', 'flux-system', spec);
    const files = { 'clusters/prod/alert.yaml': alert + source('OCIRepository') };
    expect(lines('notification-reference-missing', files)).toContainEqual(
      line('(Alert a spec.eventSources', `${hasThisName('OCIRepository')}set the kind to OCIRepository`),
    );
  });

  it('is surely missing, so what refers to it never starts', () => {
    const tree = treeOf({ ...bootstrap, 'clusters/prod/web.yaml': kustomization('Gitrepository') });
    const graph = buildGraph(tree);
    expect(unseenReferences(new CheckContext(tree, graph, {}))).toEqual(new Map([['prod', new Map()]]));
  });
});
