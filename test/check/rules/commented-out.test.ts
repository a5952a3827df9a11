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

  it.each([
    '# - ./web/ks.yaml',
    '  # - web',
    '#- "web/"',
    '## - web/ks.yaml # later',
    '# - path: web/ks.yaml',
  ])('is turned off on purpose: %s', (comment) => {
    expect(withComment(comment)).toEqual([]);
  });

  it('may be further up', () => {
    expect(withComment('# - web/a/ks.yaml', 'apps/web/a/ks.yaml')).toEqual([]);
    expect(orphans({ 'kustomization.yaml': '# - other.yaml\n', 'other.yaml': map('a') })).toEqual([]);
  });

  it('is not named by a comment of another file', () => {
    const text = `# - web/ks.yaml\n${map('other')}`;
    expect(orphans({ 'other.yaml': text, 'web/ks.yaml': map('web') })).toHaveLength(2);
  });

  it('may be beside the folder of the kustomization', () => {
    const files = { 'other/a/map.yaml': map('a') };
    expect(
      orphans({ ...files, 'apps/kustomization.yaml': '# - ../other/a\nresources: [map.yaml]\n' }),
    ).toEqual([]);
    expect(orphans({ ...files, 'other/kustomization.yaml': '# - ../../other\n' })).toHaveLength(1);
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

test('a folder in a Kustomization that is a comment counts if another one builds it', () => {
  const comment = fluxKustomization('old', './apps').replace(/^/gm, '# ');
  const files = {
    'clusters/prod/apps.yaml': `${fluxKustomization('apps', './apps')}\n${comment}`,
    'apps/kustomization.yaml': 'resources: [map.yaml]\n',
    'apps/map.yaml': map('map'),
    'apps/forgotten.yaml': map('forgotten'),
  };
  expect(lines('file-not-listed', files)).toHaveLength(1);
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

describe('an unread folder that a Kustomization in a comment builds', () => {
  const withKustomization = (change: (line: string) => string, path = './old') => {
    const text = fluxKustomization('old', path).split('\n').map(change).join('\n');
    return orphans({ 'clusters/prod/old.yaml': `# off\n${text}\n`, 'old/map.yaml': map('a') });
  };

  it.each(['# ', '#', '  ##  '])('is turned off on purpose: %j', (start) => {
    expect(withKustomization((line) => start + line)).toEqual([]);
    expect(withKustomization((line) => start + line, './older')).toHaveLength(1);
  });

  it('is not one in a comment of another kind', () => {
    expect(withKustomization((line) => `# ${line.replace('kustomize.toolkit', 'kustomize')}`)).toHaveLength(
      1,
    );
    expect(withKustomization((line) => `# ${line}`.replace('path:', 'paths:'))).toHaveLength(1);
  });

  it('is not one in a comment on another path, or in a file of another kind', () => {
    const text = `${fluxKustomization('a', './apps')}\n# path: ./old\n`;
    expect(orphans({ 'clusters/prod/apps.yaml': text, 'old/map.yaml': map('a') })).toHaveLength(1);
    const note = '# kustomize.toolkit.fluxcd.io/v1\n# path: ./old\n';
    expect(orphans({ 'note.txt': note, 'old/map.yaml': map('a') })).toHaveLength(1);
  });

  it('does not stand for a path that is no comment', () => {
    const text = '# see kustomize.toolkit.fluxcd.io/v1\n' + map('a') + 'path: ./old\n';
    expect(orphans({ 'clusters/prod/a.yaml': text, 'old/map.yaml': map('a') })).toHaveLength(1);
  });
});
