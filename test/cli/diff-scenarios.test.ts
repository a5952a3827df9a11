import { cpSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { hasGit, removeScratch, ScratchGit } from '../revisions/scratch-git';
import { skipped } from '../tools/find-tool';
import { ROOT, typeIn } from './command-line';

afterAll(removeScratch);

/** A repository with one commit of a folder, and ways to edit it. */
class Edited {
  private readonly scratch = ScratchGit.init();

  constructor(folder: string) {
    cpSync(folder, this.scratch.folder, {
      recursive: true,
      filter: (path) => !/node_modules|\/dist$|\/\.git$/.test(path),
    });
    this.scratch.commit();
  }

  /** The output of `diff` for edits, as `class Kind/name` in each cluster; the edits are undone afterwards. */
  async changes(edit: (edited: this) => void): Promise<string[]> {
    edit(this);
    const { stdout } = await typeIn(this.scratch.folder, process.env, 'diff', '--format', 'json');
    this.scratch.git('checkout', '--quiet', '--', '.');
    this.scratch.git('clean', '-fdq');
    const diff = JSON.parse(stdout) as {
      clusters: { name: string; changes: { class: string; object?: { kind: string; name: string } }[] }[];
    };
    return diff.clusters.flatMap(({ name, changes }) =>
      changes.map(({ class: of, object }) => `${name}: ${of} ${object?.kind ?? ''}/${object?.name ?? ''}`),
    );
  }

  replace(path: string, from: string | RegExp, to: string): this {
    const text = readFileSync(join(this.scratch.folder, path), 'utf8');
    expect(text).toMatch(from);
    this.scratch.write({ [path]: text.replace(from, to) });
    return this;
  }

  move(from: string, to: string): this {
    renameSync(join(this.scratch.folder, from), join(this.scratch.folder, to));
    return this;
  }

  remove(path: string): this {
    this.scratch.write({ [path]: undefined });
    return this;
  }
}

const EXAMPLE = join(ROOT, 'examples/three-tier');
const REPOS = process.env['FLUX_REPOS'];

type Scenario = readonly [what: string, edit: (edited: Edited) => void, expected: readonly string[]];

const OUT = 'cluster-resources';

const scenarios: readonly Scenario[] = [
  [
    'renames a Kustomization',
    (edited) =>
      edited
        .replace(`${OUT}/flux/backend.yaml`, 'name: production-backend', 'name: backend')
        .replace(`${OUT}/flux/frontend.yaml`, '- name: production-backend', '- name: backend'),
    ['recreated Kustomization/backend', 'order-changed Kustomization/production-frontend'],
  ],
  [
    'moves an object to a Kustomization for which the old one waits',
    (edited) =>
      edited
        .move(`${OUT}/frontend/deployment.yaml`, `${OUT}/backend/web.yaml`)
        .replace(`${OUT}/frontend/kustomization.yaml`, '- deployment.yaml', '[]')
        .replace(`${OUT}/frontend/kustomization.yaml`, /resources:\s+\[\]/, 'resources: []')
        .replace(`${OUT}/backend/kustomization.yaml`, '- deployment.yaml', '- deployment.yaml\n  - web.yaml'),
    ['moved Service/frontend', 'moved Deployment/frontend'],
  ],
  [
    'moves and renames files alone',
    (edited) =>
      edited
        .move(`${OUT}/backend/deployment.yaml`, `${OUT}/backend/app.yaml`)
        .replace(`${OUT}/backend/kustomization.yaml`, '- deployment.yaml', '- app.yaml'),
    [],
  ],
  [
    'changes comments and empty lines',
    (edited) =>
      edited.replace(`${OUT}/backend/deployment.yaml`, 'spec:\n', '# a comment\n\nspec:   # another\n'),
    [],
  ],
  [
    'deletes a file',
    (edited) =>
      edited
        .remove(`${OUT}/infrastructure/redis.yaml`)
        .replace(`${OUT}/infrastructure/kustomization.yaml`, /.*- redis\.yaml\n/, ''),
    ['deleted Service/redis-service', 'deleted Deployment/redis'],
  ],
];

if (!hasGit) skipped('scenarios of cdk8s-flux diff', 'git is not here');
else {
  describe('cdk8s-flux diff of an example', () => {
    const edited = new Edited(EXAMPLE);

    it.each(scenarios)('reports what happens when someone %s', async (_what, edit, expected) => {
      const changes = await edited.changes(edit);
      expect(changes).toEqual(expected.map((change) => `production: ${change}`));
    });
  });

  (REPOS === undefined ? describe.skip : describe)(
    'cdk8s-flux diff of a repository with two clusters',
    () => {
      const edited =
        REPOS === undefined ? undefined : new Edited(join(REPOS, 'fluxcd__flux2-kustomize-helm-example'));
      const changes = async (edit: (edited: Edited) => void): Promise<string[]> =>
        (await edited?.changes(edit)) ?? [];
      const both = (change: string) => [`production: ${change}`, `staging: ${change}`];

      it('reinstalls a release of a shared base in both clusters', async () => {
        const file = 'apps/base/podinfo/release.yaml';
        const found = await changes((one) => one.replace(file, 'releaseName: podinfo', 'releaseName: other'));
        expect(found).toEqual(both('reinstalled HelmRelease/podinfo'));
      });

      it('upgrades a chart only in the cluster whose overlay changes it', async () => {
        const found = await changes((one) =>
          one.replace('apps/production/podinfo-values.yaml', /version: .*/, 'version: "99.0.0"'),
        );
        expect(found).toEqual(['production: upgraded HelmRelease/podinfo']);
      });

      it('keeps a cluster whose entry path is renamed', async () => {
        const found = await changes((one) => one.move('clusters/production', 'clusters/prod'));
        expect(found).toEqual(['prod: source-changed Kustomization/flux-system']);
      });

      it('removes a cluster', async () => {
        const found = await changes((one) => one.move('clusters/staging', '.staging'));
        expect(found).toEqual(['staging: cluster-removed /']);
      });
    },
  );
}
