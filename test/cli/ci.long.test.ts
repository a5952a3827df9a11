import { FakeForge } from '../ci/fake-forge';
import { ScratchFleet } from '../ci/scratch-fleet';
import { hasGit, removeScratch } from '../revisions/scratch-git';
import { skipped } from '../tools/find-tool';
import { HAND_WRITTEN, typeIn } from './command-line';

const MAP = HAND_WRITTEN['apps/map.yaml'];
const files = { ...HAND_WRITTEN, 'apps/kept.yaml': MAP.replace('settings', 'kept') };
let forge: FakeForge;
let fleet: ScratchFleet;

jest.setTimeout(60_000);
beforeEach(async () => {
  forge = await new FakeForge().start();
});
afterEach(() => forge.stop());
afterAll(removeScratch);

if (!hasGit) skipped('cdk8s-flux ci, rarer cases', 'git is not here');
else {
  describe('cdk8s-flux ci in GitHub Actions, rarer cases', () => {
    beforeEach(() => {
      fleet = new ScratchFleet(files);
    });

    it('exits with 1 for what --fail-on and --check-fail-on select, and gives the reason in the comment', async () => {
      const pull = fleet.pull({
        'apps/map.yaml': undefined,
        'clusters/home/apps.yaml': HAND_WRITTEN['clusters/home/apps.yaml'].replace(
          'name: infra',
          'name: missing',
        ),
      });
      const env = fleet.github(forge, 'pull_request', pull);
      const folder = fleet.checkout('refs/pull/7/head').folder;
      const { code, stderr, stdout } = await typeIn(folder, env, 'ci', '--fail-on', 'destructive');
      expect([code, stderr]).toEqual([1, expect.stringContaining('--fail-on deleted: 1 change\ncheck: ')]);
      expect(stdout).toContain('::error file=clusters/home/apps.yaml,line=');
      expect(forge.comments[0]?.body).toContain('**Fails:** `--fail-on` deleted: 1 change; check:');
      await expect(typeIn(folder, env, 'ci', '--check-fail-on', 'none')).resolves.toMatchObject({ code: 0 });
    });

    it('writes no comment for a fork on pull_request, whose token is read-only', async () => {
      const pull = fleet.pull({ 'apps/map.yaml': undefined });
      const fork = { head: { sha: pull.head, repo: { full_name: 'stranger/fleet' } } };
      const env = fleet.github(forge, 'pull_request', pull, fork);
      const { code, stderr } = await typeIn(fleet.checkout('refs/pull/7/head').folder, env, 'ci');
      expect([code, stderr]).toEqual([
        0,
        expect.stringContaining('no comment is written: the token of a run for a fork'),
      ]);
      expect([forge.requests, fleet.read('summary')]).toEqual([[], expect.stringContaining('**deleted**')]);
    });

    it('uses the current policy of the base, not that of the commit where the change branched off', async () => {
      const policy = 'version: 1\nallow:\n  - code: dependency-missing\n    reason: it comes later\n';
      const broken = HAND_WRITTEN['clusters/home/apps.yaml'].replace('name: infra', 'name: missing');
      fleet.advance({ 'cdk8s-flux.yaml': policy });
      fleet.upstream.git('branch', 'loose');
      fleet.advance({ 'cdk8s-flux.yaml': 'version: 1\n' });
      const pull = fleet.pull({ 'clusters/home/apps.yaml': broken, 'cdk8s-flux.yaml': policy }, 7, 'loose');
      const env = fleet.github(forge, 'pull_request_target', pull);
      const { code, stderr } = await typeIn(fleet.checkout().folder, env, 'ci');
      expect([code, stderr]).toEqual([1, expect.stringContaining('check: 1 error')]);
    });

    it('cuts a report above the limit of a comment, and has the whole report in the summary', async () => {
      const maps = (data: (index: number) => string): Record<string, string> =>
        Object.fromEntries(
          Array.from({ length: 500 }, (_, index) => [
            `apps/${index}.yaml`,
            `${MAP.replace('settings', `settings-${index}`)}data: { a: "${data(index)}" }\n`,
          ]),
        );
      fleet.advance(maps(() => 'x'));
      const pull = fleet.pull(maps((index) => `y${index}`));
      const env = fleet.github(forge, 'pull_request', pull);
      await typeIn(fleet.checkout('refs/pull/7/head').folder, env, 'ci');
      const body = forge.comments[0]?.body ?? '';
      expect(body.length).toBeLessThanOrEqual(65_536);
      expect(body.length).toBeGreaterThan(60_000);
      expect(body).toContain('The full report is in `the summary of the job`.');
      expect(fleet.read('summary')).toContain('settings-499');
    });

    it('checks a push without a comparison, and writes no comment', async () => {
      const pull = fleet.pull({ 'apps/map.yaml': undefined });
      const env = fleet.github(forge, 'push', pull);
      const { code, stderr } = await typeIn(fleet.checkout('refs/pull/7/head').folder, env, 'ci');
      expect([code, stderr]).toEqual([0, expect.stringContaining('the run is not for a pull request')]);
      expect(fleet.read('summary')).toContain('check: ');
    });

    it('fails with one error if the API refuses, after the summary is written', async () => {
      const env = fleet.github(forge, 'pull_request', fleet.pull({ 'apps/map.yaml': undefined }));
      forge.faults = [{ on: /POST .*comments/, status: 403, body: { message: 'Resource not accessible' } }];
      const { code, stderr } = await typeIn(fleet.checkout('refs/pull/7/head').folder, env, 'ci');
      expect([code, stderr]).toEqual([2, expect.stringContaining('GitHub answered 403 to POST')]);
      expect(fleet.read('summary')).toContain('**deleted**');
    });

    it.each([
      [{ GITHUB_ACTIONS: undefined }, 'neither GITHUB_ACTIONS nor GITLAB_CI is "true"'],
      [{ GITHUB_TOKEN: undefined }, 'the variable GITHUB_TOKEN is not set'],
      [{ GITHUB_EVENT_PATH: '/nowhere' }, 'cannot read the event file in GITHUB_EVENT_PATH'],
    ])('fails with %j', async (more, message) => {
      const env = {
        ...fleet.github(forge, 'pull_request', fleet.pull({ 'apps/map.yaml': undefined })),
        ...more,
      };
      const { code, stderr } = await typeIn(fleet.checkout('refs/pull/7/head').folder, env, 'ci');
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    });

    it('fails on a commit that a forced push removed', async () => {
      const pull = fleet.pull({ 'apps/map.yaml': undefined });
      const env = fleet.github(forge, 'pull_request_target', { ...pull, head: 'd'.repeat(40) });
      const { code, stderr } = await typeIn(fleet.checkout().folder, env, 'ci');
      expect([code, stderr]).toEqual([2, expect.stringContaining('fetch-failed')]);
    });
  });

  describe('cdk8s-flux ci in GitLab CI, rarer cases', () => {
    it('writes no note without a token, and for a fork', async () => {
      fleet = new ScratchFleet(files);
      const pull = fleet.pull({ 'apps/map.yaml': undefined });
      const { folder } = fleet.checkout('refs/pull/7/head');
      for (const [more, reason] of [
        [{ GITLAB_TOKEN: undefined }, 'GITLAB_TOKEN is not set'],
        [{ CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '99' }, 'comes from a fork'],
      ] as const) {
        const { code, stderr } = await typeIn(folder, { ...fleet.gitlab(forge, pull), ...more }, 'ci');
        expect([code, stderr]).toEqual([0, expect.stringContaining(reason)]);
      }
      expect(forge.requests).toEqual([]);
    });
  });
}
