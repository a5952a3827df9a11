import { fluxKustomization } from '../../graph/tree-of';
import { lines, object, type Files } from '../small-repositories';

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
