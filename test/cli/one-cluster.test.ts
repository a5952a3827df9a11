import { HAND_WRITTEN, kustomization, removeRepositories, repository, type } from './command-line';

afterAll(removeRepositories);

/** Two clusters, the second of which names a folder that does not exist. */
function twoClusters(): string {
  return repository({
    ...HAND_WRITTEN,
    'clusters/work/lost.yaml': kustomization('lost', './nowhere'),
    'cdk8s-flux.yaml': 'version: 1\nentries: [clusters/home, clusters/work]\n',
  });
}

describe('--cluster', () => {
  it('checks only one cluster', async () => {
    const folder = twoClusters();
    const home = await type('check', folder, '--cluster', 'home');
    expect(home.stdout).not.toContain('path-missing');
    expect(home.code).toBe(0);
    const work = await type('check', folder, '--cluster', 'work');
    expect(work.stdout).toMatch(/path-missing[^]*in 1 cluster/);
    expect(work.code).toBe(1);
  });

  it('does not report a file as unused that another cluster may use', async () => {
    const folder = twoClusters();
    const { stdout } = await type('check', folder, '--cluster', 'work', '--format', 'json');
    expect(stdout).not.toContain('orphan-file');
  });

  it('prints the order of only one cluster, by its name', async () => {
    const folder = twoClusters();
    const { code, stdout, stderr } = await type('order', folder, '--cluster', 'home');
    expect(stdout).toMatch(/^cluster home\n/);
    expect(stdout + stderr).not.toMatch(/lost|nowhere/);
    expect(code).toBe(0);
  });

  it.each(['check', 'order'])('fails for a cluster that %s does not find', async (command) => {
    const { code, stderr } = await type(command, twoClusters(), '--cluster', 'hom');
    expect(stderr).toContain(
      'unknown cluster "hom"\n  fix: did you mean "home"? the clusters are "home", "work"',
    );
    expect(code).toBe(2);
  });
});
