import { buildGraph } from '../../../lib/graph/build-graph';
import { RecordedView } from '../../../lib/graph/sources/recorded-view';
import { RepositoryView, type ViewOptions } from '../../../lib/graph/sources/repository-view';
import { bootstrap, configMap, fluxKustomization, listing, treeOf } from '../tree-of';

type Files = Readonly<Record<string, string>>;

const SYNC = 'clusters/prod/flux-system/gotk-sync.yaml';
const problems = (files: Files) =>
  buildGraph(treeOf({ ...bootstrap, ...files })).findings.map(({ code, message, hint }) => ({
    code,
    message,
    hint,
  }));

describe('a path that the source leaves out', () => {
  const files: Files = {
    '.sourceignore': 'shared\n!shared/kept.yaml\n',
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/kustomization.yaml': listing('../shared/map.yaml', '../shared/kept.yaml'),
    'shared/map.yaml': configMap('shared'),
    'shared/kept.yaml': configMap('kept'),
  };
  const hint = 'change .sourceignore or spec.ignore of the source, or the path';

  it('is said to be left out, not to be missing', () => {
    expect(problems(files)).toEqual([
      {
        code: 'listed-file-missing',
        message: '"../shared/map.yaml" is listed, but the source leaves it out',
        hint,
      },
    ]);
  });

  it.each([
    ['a folder that a kustomization lists', listing('../shared/maps')],
    ['a component', 'components: [../shared/maps]\n'],
  ])('may be %s', (_, text) => {
    const all = { ...files, 'apps/kustomization.yaml': text, 'shared/maps/map.yaml': configMap('a') };
    expect(problems(all)).toEqual([
      {
        code: 'listed-file-missing',
        message: '"../shared/maps" is listed, but the source leaves it out',
        hint,
      },
    ]);
  });

  it('may be the path of a Kustomization, left out by spec.ignore', () => {
    const sync = bootstrap[SYNC]?.replace('interval: 1m', 'interval: 1m\n  ignore: apps') ?? '';
    const all = { [SYNC]: sync, 'clusters/prod/apps.yaml': fluxKustomization('apps', './apps') };
    expect(problems({ ...all, 'apps/map.yaml': configMap('a') })).toEqual([
      {
        code: 'path-missing',
        message: 'Kustomization "apps" builds "apps", which the source leaves out',
        hint,
      },
    ]);
  });

  it('is missing if nothing is there', () => {
    expect(problems({ ...files, 'apps/kustomization.yaml': listing('../shared/other.yaml') })).toEqual([
      expect.objectContaining({ message: '"../shared/other.yaml" is listed but does not exist' }),
    ]);
    const file = { ...files, 'apps/kustomization.yaml': 'components: [../shared/kept.yaml]\n' };
    expect(problems(file)).toEqual([
      expect.objectContaining({ message: '"../shared/kept.yaml" is listed but does not exist' }),
    ]);
    expect(problems({ ...files, 'clusters/prod/b.yaml': fluxKustomization('b', './b') })).toContainEqual(
      expect.objectContaining({
        message: 'Kustomization "b" builds "b", which does not exist or contains no manifests',
      }),
    );
  });

  it('is not told of an artifact with parts of the repository', () => {
    const holds = (path: string) => path !== 'shared/map.yaml';
    const tree = treeOf({ 'shared/map.yaml': configMap('a'), 'apps/map.yaml': configMap('b') });
    const leavesOut = (options: ViewOptions) => new RepositoryView(tree, holds, options).leavesOut('shared');
    expect(leavesOut({})).toBe(true);
    expect(leavesOut({ copies: [{ from: 'apps', to: '' }] })).toBe(false);
    expect(leavesOut({ folders: ['apps'] })).toBe(false);
  });

  it('is asked again of another tree', () => {
    const view = (files: Files) => new RecordedView(treeOf(files), () => false);
    const first = view({ 'shared/map.yaml': configMap('a') });
    const { reads } = first.record(
      () => first.leavesOut('shared'),
      () => true,
    );
    expect(reads.isAnsweredBy(view({ 'shared/map.yaml': configMap('b') }))).toBe(true);
    expect(reads.isAnsweredBy(view({ 'other/map.yaml': configMap('a') }))).toBe(false);
  });
});
