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
  it('exits with 0 where nothing changes, and with 1 where something does', async () => {
    const [before, after] = [
      repository(HAND_WRITTEN),
      repository({ ...HAND_WRITTEN, 'apps/map.yaml': changed }),
    ];
    await expect(diffIn(before, before, before)).resolves.toMatchObject({ code: 0 });
    await expect(diffIn(before, before, after)).resolves.toMatchObject({ code: 1 });
    await expect(classesIn(before, before, after)).resolves.toEqual(['changed']);
  });

  it('fails with 2 where a folder is missing', async () => {
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

    it('compares the working tree with the place where the branch left main', async () => {
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
  });
}
