import { fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, type Files } from '../small-repositories';

const map = (name: string) => object('v1', 'ConfigMap', name, 'default');
const orphans = (files: Files) =>
  lines('orphan-file', {
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/map.yaml': map('map'),
    ...files,
  });

describe('an unread file that a kustomization lists in a comment', () => {
  const withComment = (comment: string, file = 'apps/web/ks.yaml') =>
    orphans({ 'apps/kustomization.yaml': `resources: [map.yaml]\n${comment}\n`, [file]: map('web') });

  it.each(['# - ./web/ks.yaml', '  # - web', '#- "web/"', '## - web/ks.yaml # later'])(
    'is turned off on purpose: %s',
    (comment) => {
      expect(withComment(comment)).toEqual([]);
    },
  );

  it('may be further up', () => {
    expect(withComment('# - web/a/ks.yaml', 'apps/web/a/ks.yaml')).toEqual([]);
    expect(orphans({ 'kustomization.yaml': '# - other.yaml\n', 'other.yaml': map('a') })).toEqual([]);
  });

  it.each([
    '# - ./webs/ks.yaml',
    '# - web2',
    '# web is older',
    '# - a/web',
    'commonAnnotations: { a: "- web/ks.yaml" } # b',
  ])('is not this one: %s', (comment) => {
    expect(withComment(comment)).toHaveLength(1);
  });
});

describe('orphan-file beside an error that may hide what reads it', () => {
  const hintOf = (path: string) =>
    lines('orphan-file', {
      'clusters/prod/apps.yaml': fluxKustomization('apps', path),
      'apps/map.yaml': object('v1', 'ConfigMap', 'map', 'default'),
      'other/map.yaml': object('v1', 'ConfigMap', 'other', 'default'),
    });

  it('does not say to remove the file', () => {
    expect(hintOf('./othr')).toContainEqual(
      line(
        'at other/map.yaml',
        '=> correct the errors first, because what Flux cannot build may read it; then remove what is no longer used',
      ),
    );
    expect(hintOf('./apps')).toEqual([line('at other/map.yaml', '=> remove what is no longer used')]);
  });
});
