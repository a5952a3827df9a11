import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HAND_WRITTEN, removeRepositories, repository, typeIn, type Typed } from './command-line';
import { hasGit, removeScratch, ScratchGit } from '../revisions/scratch-git';
import { skipped } from '../tools/find-tool';

afterAll(removeRepositories);
afterAll(removeScratch);

const changed = HAND_WRITTEN['apps/map.yaml'].replace('kind: ConfigMap', 'kind: ConfigMap\ndata: { a: "1" }');

function diffIn(folder: string, ...args: string[]): Promise<Typed> {
  return typeIn(folder, process.env, 'diff', ...args);
}

async function classesIn(folder: string, ...args: string[]): Promise<string[]> {
  const { stdout } = await diffIn(folder, '--format', 'json', ...args);
  const diff = JSON.parse(stdout) as { clusters: { changes: { class: string }[] }[] };
  return diff.clusters.flatMap(({ changes }) => changes.map((change) => change.class));
}

describe('cdk8s-flux diff of folders', () => {
  it('exits with 0 if nothing changes, and with 1 if something does', async () => {
    const [before, after] = [
      repository(HAND_WRITTEN),
      repository({ ...HAND_WRITTEN, 'apps/map.yaml': changed }),
    ];
    await expect(diffIn(before, before, before)).resolves.toMatchObject({ code: 0 });
    await expect(diffIn(before, before, after)).resolves.toMatchObject({ code: 1 });
    await expect(classesIn(before, before, after)).resolves.toEqual(['changed']);
  });

  it('fails with 2 if a folder is missing', async () => {
    const { code, stderr } = await diffIn(repository(HAND_WRITTEN), './before', './after');
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('file-unreadable') });
  });
});

if (!hasGit) skipped('cdk8s-flux diff of revisions', 'git is not here');
else {
  describe('cdk8s-flux diff of revisions', () => {
    const branched = (): ScratchGit => {
      const scratch = ScratchGit.init();
      scratch.commit(HAND_WRITTEN);
      scratch.git('checkout', '--quiet', '-b', 'topic');
      return scratch;
    };

    it('compares the working tree with the commit where the branch left main', async () => {
      const scratch = branched();
      scratch.commit({ 'apps/map.yaml': changed });
      scratch.git('checkout', '--quiet', 'main');
      scratch.commit({ 'apps/unrelated.yaml': HAND_WRITTEN['apps/map.yaml'].replace('settings', 'other') });
      scratch.git('checkout', '--quiet', 'topic');
      scratch.write({ 'clusters/home/infra.yaml': undefined });
      scratch.write({ 'apps/new.yaml': HAND_WRITTEN['apps/map.yaml'].replace('settings', 'new') });
      await expect(classesIn(scratch.folder)).resolves.toEqual(['deleted', 'deleted', 'created', 'changed']);
      await expect(classesIn(scratch.folder, 'main...topic')).resolves.toEqual(['changed']);
      await expect(classesIn(scratch.folder, 'main', 'topic')).resolves.toEqual(['deleted', 'changed']);
    });

    it('neither writes nor checks anything out', async () => {
      const scratch = branched();
      scratch.commit({ 'apps/map.yaml': changed });
      const state = () => [
        scratch.git('status', '--porcelain'),
        scratch.git('stash', 'list'),
        listed(scratch),
      ];
      const before = state();
      expect((await diffIn(scratch.folder, 'main', 'topic')).code).toBe(1);
      expect(state()).toEqual(before);
    });

    it('leaves out files that git ignores', async () => {
      const scratch = branched();
      scratch.commit({ '.gitignore': 'apps/local.yaml\n' });
      scratch.write({ 'apps/local.yaml': changed.replace('settings', 'local') });
      await expect(diffIn(scratch.folder)).resolves.toMatchObject({ code: 0 });
    });

    it('applies the policy of the base to both sides', async () => {
      const scratch = branched();
      const config = 'version: 1\ncheck: { rules: { schema-unknown-field: off } }\n';
      const broken = HAND_WRITTEN['apps/map.yaml'].replace(
        'kind: ConfigMap',
        'kind: ConfigMap\ndota: { a: "1" }',
      );
      scratch.commit({ 'cdk8s-flux.yaml': config, 'apps/map.yaml': broken });
      const { stdout } = await diffIn(scratch.folder, '--format', 'json');
      const diff = JSON.parse(stdout) as {
        policy: { class: string }[];
        findings: { new: { code: string }[] };
      };
      expect(diff.policy.map((change) => change.class)).toContain('policy-changed');
      expect(diff.findings.new.map(({ code }) => code)).toContain('schema-unknown-field');
    });

    it.each([
      ['names fewer', undefined, ['clusters/home']],
      ['names others', ['clusters/away', 'clusters/home'], ['clusters/home']],
    ])('hides no cluster if the head %s entry paths', async (_, before, after) => {
      const config = (entries: readonly string[] = []) =>
        `version: 1\n${entries.length > 0 ? `entries: [${entries.join(', ')}]\n` : ''}`;
      const away = Object.entries(HAND_WRITTEN).flatMap(([path, text]) =>
        path.startsWith('clusters/home/')
          ? [[path.replace('home', 'away'), text.replaceAll('clusters/home', 'clusters/away')]]
          : [],
      );
      const scratch = ScratchGit.init();
      scratch.commit({ ...HAND_WRITTEN, ...Object.fromEntries(away), 'cdk8s-flux.yaml': config(before) });
      scratch.commit({ 'cdk8s-flux.yaml': config(after), 'apps/map.yaml': changed });
      await expect(classesIn(scratch.folder, 'HEAD~1', 'HEAD')).resolves.toEqual(['changed', 'changed']);
    });

    it('fails with 2 if a name is empty', async () => {
      const { code, stderr } = await diffIn(branched().folder, '', 'main');
      expect({ code, stderr }).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('revision-missing'),
      });
    });

    it('works in a folder of the repository whose configuration sets the root', async () => {
      const scratch = ScratchGit.init();
      const inFolder = Object.entries(HAND_WRITTEN).map(([path, text]) => [`infra/${path}`, text] as const);
      scratch.commit({ ...Object.fromEntries(inFolder), 'infra/cdk8s-flux.yaml': 'version: 1\n' });
      scratch.commit({ 'infra/apps/map.yaml': changed });
      const folder = join(scratch.folder, 'infra/apps');
      await expect(classesIn(folder, 'HEAD~1', 'HEAD')).resolves.toEqual(['changed']);
      scratch.write({ 'infra/apps/map.yaml': HAND_WRITTEN['apps/map.yaml'] });
      await expect(classesIn(folder, 'HEAD')).resolves.toEqual(['changed']);
      await expect(classesIn(folder, 'HEAD~1')).resolves.toEqual([]);
    });

    it('reads the name of a branch as a folder if it is written as a path', async () => {
      const scratch = branched();
      scratch.commit({ 'apps/map.yaml': changed });
      const copy = repository(HAND_WRITTEN);
      await expect(classesIn(scratch.folder, 'main', copy)).resolves.toEqual([]);
      await expect(classesIn(copy, './', scratch.folder)).resolves.toEqual(['changed']);
    });

    it('draws what changed since a revision', async () => {
      const scratch = branched();
      scratch.commit({
        'clusters/home/more.yaml': HAND_WRITTEN['clusters/home/apps.yaml'].replace('apps', 'more'),
      });
      const { stdout } = await typeIn(scratch.folder, process.env, 'graph', '--compare', 'main');
      expect(stdout).toContain('["flux-system/more"]:::kustomization_added');
    });

    it.each([
      [['gone'], 'revision-missing'],
      [['--', '--output=evil'], 'revision-missing'],
      [['main', '--cluster', 'other'], 'cluster-unknown'],
      [['main', '--entry', 'nowhere'], 'entry-missing'],
      [['main', '--output', 'apps/map.yaml/report.md'], 'report-unwritable'],
      [['main', '--fail-on', 'nothing'], 'option-invalid'],
    ])('fails with 2 for %j', async (args, code) => {
      const outcome = await diffIn(branched().folder, ...args);
      expect([outcome.code, outcome.stderr]).toEqual([2, expect.stringContaining(code)]);
    });

    it('fails with 2 outside a repository', async () => {
      const { code, stderr } = await diffIn(repository(HAND_WRITTEN));
      expect([code, stderr]).toEqual([2, expect.stringContaining('git-repository-missing')]);
    });
  });
}

function listed({ folder }: ScratchGit): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !/^\.git\/(?:objects|index)/.test(path))
    .sort();
}
