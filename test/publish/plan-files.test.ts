import { FindingsError } from '../../lib/findings/findings-error';
import { planFiles } from '../../lib/publish/change-plan';
import { OwnedFolders } from '../../lib/publish/owned-folders';
import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';

const file = (path: string, owner?: string): TreeFile =>
  TreeFile.fromBytes(path, 'a: 1\n', { owner, constructPath: 'prod/web' });

function plan(files: readonly TreeFile[], folders: OwnedFolders, named: readonly string[] = []): string[] {
  const planned = planFiles(new Tree(files), folders, named);
  return [...planned].map(([owner, list]) => `${owner}: ${list.map(({ file: one }) => one.path).join(' ')}`);
}

const FOLDERS = new OwnedFolders(['apps', 'clusters'], ['']);

describe('the planned files', () => {
  it('are grouped by the folder of their record', () => {
    const files = [
      file('apps/a/1.yaml', 'apps/a'),
      file('clusters/a.yaml', 'apps/a'),
      file('apps/b/1.yaml', 'apps'),
    ];
    expect(plan(files, FOLDERS)).toEqual(['apps/a: apps/a/1.yaml clusters/a.yaml', 'apps: apps/b/1.yaml']);
  });

  it('may be outside of the folders if the configuration names them', () => {
    expect(plan([file('docs/a.svg', '')], FOLDERS, ['docs/a.svg'])).toEqual([': docs/a.svg']);
  });

  it.each<[string, TreeFile, string]>([
    [
      'outside of the folders',
      file('docs/a.yaml', 'docs'),
      'belongs to "docs", which is outside "apps", "clusters"',
    ],
    ['at the root', file('a.yaml', ''), 'belongs to ".", which is outside "apps", "clusters"'],
    ['of a name with the same beginning', file('apps2/a.yaml', 'apps2'), 'belongs to "apps2"'],
    ['of no folder', file('apps/a.yaml'), 'has no owner: synth writes only to "apps", "clusters"'],
    ['that is named, but of another record', file('docs/a.svg', 'docs'), 'belongs to "docs"'],
  ])('fail for a file %s', (_, wrong, message) => {
    expect(() => plan([wrong], FOLDERS, ['docs/a.svg'])).toThrow(
      expect.objectContaining({
        findings: [
          expect.objectContaining({
            code: 'owner-outside-output',
            message: expect.stringContaining(message),
            locations: [{ constructPath: 'prod/web', file: wrong.path }],
          }),
        ],
      }),
    );
  });

  it('fail for a file outside, although a named file has the same record', () => {
    const files = [file('docs/a.svg', ''), file('other.yaml', '')];
    expect(() => plan(files, FOLDERS, ['docs/a.svg'])).toThrow(FindingsError);
  });

  it.each(['apps/.git/config', 'apps/.cdk8s-flux.json'])('fail for the reserved path %s', (path) => {
    expect(() => plan([file(path, 'apps')], FOLDERS)).toThrow(
      expect.objectContaining({
        findings: [
          expect.objectContaining({
            code: 'path-reserved',
            locations: [{ constructPath: 'prod/web', file: path }],
          }),
        ],
      }),
    );
  });
});
