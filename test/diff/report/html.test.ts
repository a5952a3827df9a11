import { formatDiffHtml } from '../../../lib/diff/report/html';
import { pictureOf } from '../../draw/pictures';
import { fluxKustomization } from '../../graph/tree-of';
import { build } from '../../tools/built';
import { change, cluster, diffOf } from './diffs';

interface Data {
  readonly nodes: readonly { name: string; kind: string; change: string }[];
  readonly changes: readonly {
    name: string;
    subject: string;
    severity: string;
    lines: string[];
    nodes: number[];
  }[];
}

beforeAll(build, 120_000);

const kustomizations = (...names: string[]) =>
  pictureOf({
    'clusters/prod/apps.yaml': names.map((name) => fluxKustomization(name, `./apps/${name}`)).join(''),
    ...Object.fromEntries(
      names.map((name) => [
        `apps/${name}/a.yaml`,
        `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: x }\n`,
      ]),
    ),
  });
const dataOf = (html: string): Data =>
  JSON.parse(/id="data">([^]*?)<\/script>/.exec(html)?.[1] ?? '') as Data;

const before = kustomizations('kept', 'old', 'same');
const after = kustomizations('kept', 'new', 'same');
const object = { group: '', kind: 'ConfigMap', namespace: 'x', name: 'kept' };

const applied = (name: string) => ({
  group: 'kustomize.toolkit.fluxcd.io',
  kind: 'Kustomization',
  namespace: 'flux-system',
  name,
});

function marksOf(nodes: Data['nodes']): Record<string, string> {
  const drawn = nodes.filter(({ kind }) => kind === 'Kustomization');
  return Object.fromEntries(drawn.map(({ name, change: mark }) => [name, mark]));
}

describe('the page of a diff', () => {
  it('colours changes, also on the Kustomization of an object that is not drawn', () => {
    const diff = diffOf([
      cluster('prod', [
        change({ object, owner: 'flux-system/kept' }),
        change({ class: 'created', object: applied('new') }),
        change({ class: 'deleted', object: applied('old') }),
      ]),
    ]);
    const { nodes, changes } = dataOf(formatDiffHtml(diff, before, after));
    expect(marksOf(nodes)).toMatchObject({ kept: 'changed', new: 'added', old: 'removed', same: '' });
    expect(changes.flatMap(({ nodes: list }) => list.map((index) => nodes[index]?.name))).toEqual([
      'old',
      'new',
      'kept',
    ]);
  });

  it('marks nothing that is only in the pictures, because the diff could not compare it', () => {
    const { nodes } = dataOf(formatDiffHtml(diffOf([]), before, after));
    expect(marksOf(nodes)).toMatchObject({ kept: '', new: '', same: '' });
    expect(nodes.map(({ name }) => name)).not.toContain('old');
  });

  it('lists every change beside, the worst first', () => {
    const changes = [
      change({ object, fields: [{ path: 'data.a', before: 1, after: 2 }] }),
      change({ class: 'deleted' }),
    ];
    expect(dataOf(formatDiffHtml(diffOf([cluster('prod', changes)]), before, after)).changes).toMatchObject([
      { name: 'deleted', severity: 'error', subject: 'Deployment shop/web' },
      {
        name: 'changed',
        severity: 'info',
        subject: 'ConfigMap x/kept',
        lines: expect.arrayContaining(['data.a: 1 → 2']),
      },
    ]);
  });

  it('draws only the clusters that change', () => {
    const two = { ...after, clusters: [...after.clusters, { ...after.clusters[0]!, name: 'zeta' }] };
    const html = formatDiffHtml(diffOf([cluster('zeta', [change()])]), two, two);
    expect(html).toContain('zeta');
    expect(html).not.toContain('>prod<');
  });

  it('lets no text of a repository end its script or become an element', () => {
    const evil = '</script><img src=x onerror=alert(1)>\u202e\u2028';
    const hostile = change({
      message: evil,
      hint: evil,
      fields: [{ path: evil, after: evil }],
      object: { ...object, name: evil },
    });
    const html = formatDiffHtml(diffOf([cluster('prod', [hostile])]), before, after);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html).not.toMatch(/<img|\u202e|\u2028/);
    expect(JSON.stringify(dataOf(html).changes)).toContain('onerror=alert(1)>');
  });
});
