import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FakeForge } from '../ci/fake-forge';
import { ScratchFleet } from '../ci/scratch-fleet';
import { hasGit, removeScratch } from '../revisions/scratch-git';
import { fluxKustomization } from '../graph/tree-of';
import { skipped } from '../tools/find-tool';
import { HAND_WRITTEN, typeIn } from './command-line';

const MAP = HAND_WRITTEN['apps/map.yaml'];
const changed = MAP.replace('kind: ConfigMap', 'kind: ConfigMap\ndata: { a: "1" }');
const files = { ...HAND_WRITTEN, 'apps/kept.yaml': MAP.replace('settings', 'kept') };
let forge: FakeForge;
let fleet: ScratchFleet;

beforeEach(async () => {
  forge = await new FakeForge().start();
});
afterEach(() => forge.stop());
afterAll(removeScratch);

if (!hasGit) skipped('cdk8s-flux ci', 'git is not here');
else {
  describe('cdk8s-flux ci in GitHub Actions', () => {
    beforeEach(() => {
      fleet = new ScratchFleet(files);
    });

    it('reports on a pull request in one comment that it edits, in the summary, files and outputs', async () => {
      const first = fleet.pull({ 'apps/map.yaml': undefined });
      fleet.advance({ 'docs/x.md': 'unrelated' });
      const clone = fleet.checkout('refs/pull/7/head');
      const env = fleet.github(forge, 'pull_request', {
        ...first,
        base: fleet.upstream.git('rev-parse', 'main'),
      });
      const ran = await typeIn(clone.folder, env, 'ci', '--report-dir', join(fleet.runner, 'reports'));
      expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining('wrote the comment') as string });
      expect(forge.comments).toHaveLength(1);
      expect(forge.comments[0]?.body).toContain('- **deleted** `ConfigMap shop/settings`');
      expect(forge.comments[0]?.body).toContain('[run](https://github.example/owner/fleet/actions/runs/42)');
      expect(fleet.read('summary')).toContain('- **deleted** `ConfigMap shop/settings`');
      expect(fleet.read('output')).toContain(`changes=1\n`);
      expect(fleet.read('output')).toContain(`sha=${first.head}\nref=refs/pull/7/head\n`);
      for (const file of [
        'report.md',
        'diff.md',
        'diff.json',
        'check.sarif',
        'check.junit.xml',
        'codequality.json',
      ])
        expect(existsSync(join(fleet.runner, 'reports', file))).toBe(true);

      const second = fleet.pull({ 'apps/map.yaml': changed });
      const again = await typeIn(clone.folder, fleet.github(forge, 'pull_request', second), 'ci');
      expect(again.stderr).toContain('edited the comment');
      expect(forge.comments).toHaveLength(1);
      expect(forge.comments[0]?.body).toContain('changed');
      expect(forge.comments[0]?.body).not.toContain('deleted');
    });

    it('counts findings with one cause as one, and shows each beside its line', async () => {
      const waiting = (name: string) => fluxKustomization(name, './apps', ['dependsOn: [{ name: gone }]']);
      const pull = fleet.pull({
        'clusters/home/one.yaml': waiting('one'),
        'clusters/home/two.yaml': waiting('two'),
      });
      const clone = fleet.checkout('refs/pull/7/head');
      const { stdout } = await typeIn(clone.folder, fleet.github(forge, 'pull_request', pull), 'ci');
      const count = (name: string) => new RegExp(`^${name}=(\\d+)$`, 'm').exec(fleet.read('output'))?.[1];
      const lines = stdout.split('\n').filter((line) => line.includes('title=dependency-missing'));
      expect(lines.map((line) => /file=([^,]+)/.exec(line)?.[1])).toEqual([
        'clusters/home/one.yaml',
        'clusters/home/two.yaml',
      ]);
      const others =
        stdout.split('\n').filter((line) => /^::(?:error|warning|notice) /.test(line)).length - lines.length;
      expect(count('new-findings')).toBe(String(others + 1));
      expect(Number(count('findings'))).toBeGreaterThanOrEqual(others + 1);
    });

    it('compares a fork on pull_request_target from the checkout of the base, and never runs its code', async () => {
      const pull = fleet.pull({ 'apps/map.yaml': undefined });
      const fork = { head: { sha: pull.head, repo: { full_name: 'stranger/fleet' } } };
      const env = fleet.github(forge, 'pull_request_target', pull, fork);
      const { folder } = fleet.checkout();
      await expect(typeIn(folder, env, 'ci')).resolves.toMatchObject({ code: 0 });
      expect(forge.comments[0]?.body).toContain('**deleted**');
      expect(existsSync(join(folder, 'apps/map.yaml'))).toBe(true);
      const refused = await typeIn(folder, env, 'ci', '--synth', 'always');
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('error: untrusted-synth')]);
    });

    it('finds the pull request of a workflow_run by its commit, over all pages', async () => {
      const pull = fleet.pull({ 'apps/map.yaml': undefined });
      for (const number of [1, 2, 3, 4]) forge.heads[number] = String(number).repeat(40);
      const env = fleet.github(forge, 'workflow_run', pull);
      const payload = { workflow_run: { head_sha: pull.head, pull_requests: [{ number: 1 }] } };
      fleet.event(payload);
      await typeIn(fleet.checkout().folder, env, 'ci');
      expect(forge.requests.filter((request) => request.startsWith('POST /repos'))).toEqual([
        'POST /repos/owner/fleet/issues/7/comments',
      ]);
      forge.heads[8] = pull.head;
      const { code, stderr } = await typeIn(fleet.checkout().folder, env, 'ci');
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining('the pull requests 7 and 8 have the same head'),
      ]);
    });

    it('reports in the comment that a change cannot be read, and exits with 2', async () => {
      const pull = fleet.pull({ 'cdk8s-flux.yaml': 'version: 99\n' });
      const env = fleet.github(forge, 'pull_request_target', pull);
      await expect(typeIn(fleet.checkout().folder, env, 'ci')).resolves.toMatchObject({ code: 2 });
      expect(forge.comments[0]?.body).toContain('**The change could not be compared.**');
      expect(forge.comments[0]?.body).toContain('`config-invalid`');
    });
  });

  describe('cdk8s-flux ci in GitLab CI', () => {
    it('writes one note for a merge request, and edits it', async () => {
      fleet = new ScratchFleet(files);
      const pull = fleet.pull({ 'apps/map.yaml': undefined });
      const env = fleet.gitlab(forge, pull);
      const { folder } = fleet.checkout('refs/pull/7/head');
      await expect(typeIn(folder, env, 'ci')).resolves.toMatchObject({ code: 0 });
      const second = fleet.pull({ 'apps/map.yaml': changed });
      await expect(typeIn(folder, fleet.gitlab(forge, second), 'ci')).resolves.toMatchObject({ code: 0 });
      expect(forge.comments).toHaveLength(1);
      expect(forge.comments[0]?.body).toContain('changed');
      expect(forge.requests).toContain('PUT /projects/12/merge_requests/7/notes/101');
    });
  });
}
