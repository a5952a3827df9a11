import { printRecord } from '../../lib/publish/record';
import { HAND_WRITTEN, kustomization, removeRepositories, repository, type } from './command-line';

afterAll(removeRepositories);

const app = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: default }\n';
const published = {
  'clusters/home/apps.yaml': kustomization('apps', './apps'),
  'apps/app.yaml': app,
};
const record = (folder: string) =>
  printRecord([['apps/app.yaml', { hash: 'a'.repeat(64) }]], {
    folder,
    cluster: { name: 'villa', path: 'clusters/home' },
  });
const inRecords = repository({ ...published, 'apps/.cdk8s-flux.json': record('apps') });

describe('a cluster in a record of synth', () => {
  it('has the id of its construct in every command, and nothing is assumed', async () => {
    for (const args of [['check', '--format', 'json'], ['order'], ['graph', '--cluster', 'villa']]) {
      const [command = '', ...options] = args;
      const { stdout, stderr } = await type(command, inRecords, ...options);
      expect([stdout.includes('villa'), stderr]).toEqual([true, '']);
    }
    expect((await type('check', inRecords)).stdout).not.toContain('assumed');
    const named = await type('order', inRecords, '--entry', 'clusters/home');
    expect(named.stdout).toContain('cluster villa');
  });

  it('does not count if the record has another path than it says, or its path is missing', async () => {
    const example = repository({ ...published, 'examples/x/apps/.cdk8s-flux.json': record('apps') });
    expect((await type('order', example)).stdout).toContain('cluster home');
    const gone = repository({
      'clusters/work/apps.yaml': kustomization('apps', './apps'),
      'apps/app.yaml': app,
      'apps/.cdk8s-flux.json': record('apps'),
    });
    expect((await type('order', gone)).stdout).toContain('cluster work');
  });
});

describe('an assumption', () => {
  const files = { ...published, 'clusters/home/a-first.yaml': kustomization('a', './a'), 'a/a.yaml': app };

  it('is printed first by every command', async () => {
    const folder = repository(files);
    const said =
      /^info: entry-guessed\n.*assumed that Flux starts from "clusters\/home".*\n.*entries: \[clusters\/home\]/;
    expect((await type('check', folder)).stdout).toMatch(said);
    for (const command of ['order', 'graph', 'secrets'])
      expect((await type(command, folder)).stderr).toMatch(said);
    const { stdout } = await type('order', folder, '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ code: 'entry-guessed' }] });
  });
});

describe('an entry path', () => {
  const empty = {
    ...HAND_WRITTEN,
    'empty/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: x\n',
  };

  it.each([
    ['contains no object', 'empty'],
    ['does not exist', 'clusters/hom'],
  ])('fails with 2 if it %s, whoever names it', async (_, entry) => {
    for (const command of ['check', 'order', 'graph']) {
      const { code, stdout, stderr } = await type(command, repository(empty), '--entry', entry);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`entry-missing at ${entry}`);
    }
    const configured = repository({ ...empty, 'cdk8s-flux.yaml': `version: 1\nentries: [${entry}]\n` });
    const { code, stderr } = await type('check', configured);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `entry-missing at ${entry === 'empty' ? entry : 'cdk8s-flux.yaml\n  entries: '}`,
    );
  });

  it('fails with 2 if the folder contains several repositories', async () => {
    const files = ['one', 'two'].flatMap((name) =>
      Object.entries({
        'clusters/home/apps.yaml': kustomization('apps', './deploy/apps'),
        'deploy/apps/app.yaml': app,
      }).map(([path, text]) => [`${name}/${path}`, text]),
    );
    const { code, stderr } = await type('check', repository(Object.fromEntries(files)));
    expect([code, stderr]).toEqual([2, expect.stringContaining('"one", "two"') as string]);
  });
});
