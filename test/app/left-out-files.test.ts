import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { GitOpsApp, ManifestDirectory, type KustomizeFields } from '../../lib';
import { leftOutFiles } from '../../lib/app/left-out-files';
import type { Finding } from '../../lib/findings/finding';
import { planApp } from '../../lib/plan/plan';
import { removeRepositories, repository } from '../cli/command-line';
import { ProjectFolder } from './project-folder';

const folders: ProjectFolder[] = [];
afterAll(() => {
  removeRepositories();
  folders.forEach((folder) => folder.remove());
});

const manifest = (name: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: default }\n`;

/** The findings if one file is described in a folder that has others. */
function found(files: Readonly<Record<string, string>>, kustomize?: KustomizeFields): readonly Finding[] {
  const app = new GitOpsApp();
  const infra = new ManifestDirectory(app, 'infra', { path: './infra', kustomize });
  new ApiObject(infra, 'described', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'default' },
  });
  const { directories, tree } = planApp(app);
  return leftOutFiles({
    root: repository(files),
    directories,
    files: tree,
    findRemoved: () => ['infra/gone.yaml'],
  });
}

describe('a folder that Flux applies without a kustomization.yaml', () => {
  it('is not taken over in part, because Flux would delete the rest from the cluster', () => {
    const files = { 'infra/other.yaml': manifest('other'), 'infra/deep/more.yml': manifest('more') };
    expect(found(files)).toMatchObject([
      {
        code: 'files-left-out',
        severity: 'error',
        message: expect.stringContaining('applies "infra/deep/more.yml", "infra/other.yaml" now') as string,
        hint: expect.stringContaining('{ resources: ["deep/more.yml", "other.yaml"] }') as string,
        locations: [{ constructPath: 'infra' }],
      },
    ]);
  });

  it('counts a folder with a kustomization.yaml in it as a file', () => {
    const nested = {
      'infra/base/kustomization.yaml': 'resources: [a.yaml]\n',
      'infra/base/a.yaml': manifest('a'),
    };
    expect(found(nested)[0]?.message).toContain('applies "infra/base" now');
    expect(found(nested, { resources: ['./base/'] })).toEqual([]);
  });

  it('is taken over if the rest is listed, is not a manifest, or is removed', () => {
    const files = {
      'infra/other.yaml': manifest('other'),
      'infra/patch.yaml': manifest('patch'),
      'infra/gone.yaml': manifest('gone'),
      'infra/values.yaml': 'a: b\n',
      'infra/broken.yaml': 'a: [\n',
      'infra/README.md': '#\n',
    };
    expect(found(files, { resources: ['other.yaml'], patches: [{ path: 'patch.yaml' }] })).toEqual([]);
  });

  it('does not count what Flux ignores', () => {
    const files = {
      '.sourceignore': '/infra/drafts/\n',
      'infra/.sourceignore': '*.tmp.yaml\n',
      'infra/deep/.sourceignore/kept.txt': '',
      'infra/.sops.yaml': manifest('sops'),
      'infra/drafts/draft.yaml': manifest('draft'),
      'infra/drafts/base/kustomization.yaml': 'resources: []\n',
      'infra/deep/a.tmp.yaml': manifest('a'),
    };
    expect(found(files)).toEqual([]);
    expect(found({ ...files, 'infra/deep/a.yaml': manifest('a') })[0]?.message).toContain(
      'applies "infra/deep/a.yaml" now',
    );
  });

  it('does not count if it has a kustomization file of any name', () => {
    for (const name of ['kustomization.yaml', 'kustomization.yml', 'Kustomization']) {
      expect(found({ [`infra/${name}`]: 'resources: []\n', 'infra/other.yaml': manifest('other') })).toEqual(
        [],
      );
    }
  });

  it('may have files that this run removes, even if its kustomization.yaml was deleted', () => {
    const web = "const web = new FluxApp(home, 'web');\nconfigMap(web, 'stays', { a: 'b' });";
    const folder = new ProjectFolder(`${web}\nconfigMap(web, 'goes', { a: 'b' });`);
    folders.push(folder);
    folder.synth();
    rmSync(join(folder.path, 'cluster-resources/web/kustomization.yaml'));
    folder.setCode(web);
    const { status, stderr } = folder.synth();
    expect([status, stderr]).toEqual([0, expect.stringContaining('removed cluster-resources/web/goes.yaml')]);
  });
});
