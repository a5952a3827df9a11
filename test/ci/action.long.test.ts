import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { partsOf } from '../../lib/ci/comment/parts';
import { removeScratch, type ScratchGit } from '../revisions/scratch-git';
import { build } from '../tools/built';
import { FakeForge } from './fake-forge';
import { ROOT, runAction, runScript } from './run-action';
import { ScratchFleet } from './scratch-fleet';

const MINUTE = 60_000;
const BIN = join(ROOT, 'dist/lib/cli/bin.js');

const code = (colour: string): string => `
const { Cluster, FluxApp, GitOpsApp } = require('cdk8s-flux');
const { ApiObject } = require('cdk8s');
const app = new GitOpsApp();
for (const id of ['eu', 'us']) {
  const cluster = new Cluster(app, id, { path: './cluster-resources/' + id + '/flux' });
  const web = new FluxApp(cluster, 'web', { kustomization: { retryInterval: '2m' } });
  new ApiObject(web, 'settings', {
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'default' },
    data: { COLOUR: ${JSON.stringify(colour)} },
  });
}
app.synth();
`;
const PROJECT = {
  'cdk8s.yaml': 'language: typescript\napp: node main.js\noutput: dist/manifests\n',
  'cdk8s-flux.yaml': 'version: 1\n',
  '.gitignore': 'node_modules\ndist\n',
};

let forge: FakeForge;
let fleet: ScratchFleet;

beforeAll(build, 2 * MINUTE);
beforeEach(async () => {
  forge = await new FakeForge().start();
});
afterEach(() => forge.stop());
afterAll(removeScratch);

/** What `npm ci` would install. */
function install(folder: string): void {
  const packages = join(folder, 'node_modules');
  mkdirSync(packages, { recursive: true });
  if (existsSync(join(packages, 'cdk8s'))) return;
  symlinkSync(ROOT, join(packages, 'cdk8s-flux'));
  for (const name of ['cdk8s', 'constructs'])
    symlinkSync(join(ROOT, 'node_modules', name), join(packages, name));
}

/** A checkout with the packages of the project. */
function checkout(ref: string): ScratchGit {
  const clone = fleet.checkout(ref);
  install(clone.folder);
  return clone;
}

/** Publishes what the code in the upstream clone generates. */
function publish(): void {
  install(fleet.upstream.folder);
  const env = { PATH: process.env['PATH'] };
  execFileSync(process.execPath, [BIN, 'synth', '--quiet'], { cwd: fleet.upstream.folder, env });
}

/** A pull request that changes a colour, with or without the resulting YAML. */
function recolour(colour: string, publishes: boolean): ReturnType<ScratchFleet['pull']> {
  const first = fleet.pull({ 'main.js': code(colour) });
  if (!publishes) return first;
  fleet.upstream.git('checkout', '--quiet', 'pull-7');
  publish();
  const second = fleet.pull({});
  return second;
}

function scratch(): void {
  fleet = new ScratchFleet({ ...PROJECT, 'main.js': code('blue') });
  publish();
  fleet.advance({});
}

describe('the action on a pull request', () => {
  it(
    'writes one comment, edits it for the next commit, and returns its findings',
    async () => {
      scratch();
      const first = recolour('red', true);
      const run = await runAction(
        checkout('refs/pull/7/head').folder,
        fleet.github(forge, 'pull_request', first),
        { sarif: 'true', artifact: 'flux-report' },
      );
      expect(run).toMatchObject({
        code: 0,
        outputs: { changes: '1', clusters: '2', stale: 'false', 'new-findings': '0' },
      });
      expect(forge.comments.map(({ body }) => body)).toEqual([expect.stringContaining('`"blue"` → `"red"`')]);
      expect(run.others).toEqual([
        {
          uses: expect.stringMatching(/^github\/codeql-action\/upload-sarif@/) as string,
          with: expect.objectContaining({ ref: 'refs/pull/7/head', sha: first.head }) as object,
        },
        {
          uses: expect.stringMatching(/^actions\/upload-artifact@/) as string,
          with: { name: 'flux-report', path: run.outputs['report-dir'] },
        },
      ]);
      for (const name of ['report.md', 'diff.json', 'check.sarif'])
        expect(existsSync(join(run.outputs['report-dir'] as string, name))).toBe(true);

      const second = recolour('green', true);
      const env = fleet.github(forge, 'pull_request', second);
      const again = await runAction(checkout('refs/pull/7/head').folder, env);
      expect([again.code, again.others]).toEqual([0, []]);
      expect(forge.comments.map(({ body }) => body)).toEqual([
        expect.stringContaining('`"blue"` → `"green"`'),
      ]);
    },
    2 * MINUTE,
  );

  it(
    'fails if the published files are not what the code generates, and names them',
    async () => {
      scratch();
      const env = fleet.github(forge, 'pull_request', recolour('red', false));
      const { code: exit, log, outputs } = await runAction(checkout('refs/pull/7/head').folder, env);
      const files = ['eu', 'us'].map((cluster) => `cluster-resources/${cluster}/web/settings.yaml`);
      expect([exit, outputs['stale']]).toEqual([1, 'true']);
      expect(log).toContain(
        `synth --check: 2 files differ from what the code generates: ${files.join(', ')}`,
      );
      expect(forge.comments).toHaveLength(1);
      for (const file of files) expect(forge.comments[0]?.body).toContain(`\n- \`${file}\`\n`);
    },
    2 * MINUTE,
  );

  it(
    'puts the parts of the jobs of a matrix into one comment',
    async () => {
      scratch();
      const env = fleet.github(forge, 'pull_request', recolour('red', true));
      const jobs = ['us', 'eu'].map(async (cluster) => {
        const own = { ...env, GITHUB_OUTPUT: `${env['GITHUB_OUTPUT']}-${cluster}` };
        return runAction(checkout('refs/pull/7/head').folder, own, { cluster, parts: '2', synth: 'never' });
      });
      expect((await Promise.all(jobs)).map((run) => run.code)).toEqual([0, 0]);
      expect(forge.comments).toHaveLength(1);
      const parts = partsOf(forge.comments[0]?.body ?? '');
      expect(parts.map(({ key }) => key)).toEqual(['eu', 'us']);
      for (const { text } of parts) expect(text).toContain('**1 changed in cluster**');
    },
    2 * MINUTE,
  );
});

describe('the template for GitLab', () => {
  it(
    'writes one note, edits it, and leaves the reports',
    async () => {
      scratch();
      const text = readFileSync(join(ROOT, 'templates/gitlab-ci.yml'), 'utf8');
      const { script, variables } = (parse(text) as Record<string, GitlabJob>)['cdk8s-flux'] as GitlabJob;
      for (const colour of ['red', 'green']) {
        const env = { ...fleet.gitlab(forge, recolour(colour, true)), ...variables };
        const { folder } = checkout('refs/pull/7/head');
        const run = await runScript(script.join('\n'), folder, env);
        expect(run.code).toBe(0);
        for (const file of ['check.junit.xml', 'codequality.json', 'report.md'])
          expect(existsSync(join(folder, 'cdk8s-flux-report', file))).toBe(true);
      }
      expect(forge.comments.map(({ body }) => body)).toEqual([expect.stringContaining('`"green"`')]);
    },
    2 * MINUTE,
  );
});

describe('the hook before a commit', () => {
  it(
    'fails a commit of code whose YAML was not generated, or not staged',
    async () => {
      scratch();
      const { folder } = fleet.upstream;
      const env = { PATH: process.env['PATH'] ?? '' };
      const commit = () => runScript(`git add main.js && node ${BIN} hook run`, folder, env);
      fleet.upstream.write({ 'main.js': code('red') });
      const stale = await commit();
      expect([stale.code, stale.log]).toEqual([1, expect.stringContaining('run npx cdk8s synth')]);
      publish();
      const unstaged = await commit();
      expect([unstaged.code, unstaged.log]).toEqual([1, expect.stringContaining('error: output-not-staged')]);
      expect(unstaged.log).toContain('cluster-resources/eu/web/settings.yaml');
      fleet.upstream.write({ 'notes.txt': 'x' }).git('add', 'notes.txt');
      fleet.upstream.write({ 'notes.txt': 'not staged either, so nothing can be said' });
      expect((await commit()).code).toBe(0);
      fleet.upstream.git('add', '--all');
      expect((await commit()).code).toBe(0);
    },
    2 * MINUTE,
  );
});

interface GitlabJob {
  readonly script: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}
