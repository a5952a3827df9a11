import { HAND_WRITTEN, kustomization, removeRepositories, repository, typeIn } from './command-line';

afterAll(removeRepositories);

const clean = repository(HAND_WRITTEN);
/** A dependency on nothing, a build that fails, a secret in plain text, and a warning. */
const broken = repository({
  ...HAND_WRITTEN,
  'clusters/home/infra.yaml': kustomization('infra', './infra', ', dependsOn: [{ name: apps }]'),
  'infra/kustomization.yaml': 'resources: [gone.yaml]\n',
  'apps/secret.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: shop }\nstringData: { password: hunter2 }\n',
  'apps/odd.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b, namespace: nobody-makes-it }\n',
});

describe('every command', () => {
  it.each<[number, string, string[]]>([
    [0, clean, ['check']],
    [0, clean, ['order']],
    [0, clean, ['graph']],
    [0, clean, ['graph', '--cluster', 'home']],
    [0, clean, ['secrets']],
    [0, clean, ['explain', 'schema-type']],
    [0, clean, ['completion', 'bash']],
    [0, clean, ['help', 'check']],
    [1, broken, ['check']],
    [1, broken, ['order']],
    [1, broken, ['graph']],
    [1, broken, ['secrets']],
    [2, clean, ['check', 'nowhere']],
    [2, clean, ['order', 'nowhere']],
    [2, clean, ['graph', 'nowhere']],
    [2, clean, ['secrets', 'list', 'nowhere']],
    [2, clean, ['secrets', 'rotate', 'nowhere']],
    [2, clean, ['graph', '--cluster', 'hom']],
    [2, clean, ['graph', '-o', 'picture.png']],
    [2, clean, ['diff', '--cluster', 'hom', '.', '.']],
    [2, clean, ['synth']],
    [2, clean, ['bootstrap']],
    [2, clean, ['explain', 'no-such-code']],
    [2, clean, ['values-types', 'nowhere.json']],
    [2, clean, ['completion', 'tcsh']],
    [2, clean, ['chekc']],
    [2, clean, ['check', '--chek']],
  ])('exits with %d: %s %j', async (expected, folder, argv) => {
    const { code, stdout, stderr } = await typeIn(folder, { HOME: folder }, ...argv);
    expect({ code, stdout, stderr }).toMatchObject({ code: expected });
    if (expected === 2) expect(stderr).not.toBe('');
  });

  it.each([['graph'], ['diff', '.', '.']])(
    'fails on an unknown cluster with the same message: %s',
    async (...argv) => {
      const { stderr } = await typeIn(clean, {}, ...argv, '--cluster', 'hom');
      expect(stderr).toContain(
        'error: cluster-unknown\n  unknown cluster "hom"\n  fix: did you mean "home"?',
      );
    },
  );

  it('prints only errors and results with --quiet', async () => {
    const folder = repository({ 'notes.yaml': 'a: 1\n' });
    expect((await typeIn(folder, {}, 'secrets')).stderr).toContain('no Secret');
    expect((await typeIn(folder, {}, 'secrets', '--quiet')).stderr).toBe('');
    const loud = await typeIn(broken, {}, 'order');
    const quiet = await typeIn(broken, {}, 'order', '--quiet');
    expect(quiet.stderr).toContain('error: ');
    expect(quiet).toEqual({ ...loud, stderr: quiet.stderr });
  });

  it('lists with check --quiet what makes it fail, and otherwise nothing', async () => {
    const without = await typeIn(clean, {}, 'check', '--quiet');
    expect(without).toEqual({ code: 0, stdout: '', stderr: '' });
    const errors = await typeIn(broken, {}, 'check', '--quiet', '--fail-on', 'error');
    expect(errors.stdout).toContain('error: ');
    expect(errors.stdout).not.toContain('warning: ');
    expect(errors.code).toBe(1);
  });

  it.each([
    ['check', 'stdout'],
    ['order', 'stderr'],
    ['graph', 'stderr'],
    ['secrets', 'stderr'],
  ] as const)('colours findings if FORCE_COLOR is set, and never in a pipe: %s', async (command, stream) => {
    const coloured = await typeIn(broken, { FORCE_COLOR: '1' }, command);
    const plain = await typeIn(broken, {}, command);
    expect(coloured[stream]).toContain('\u001b[31merror: ');
    expect(plain[stream]).not.toContain('\u001b');
  });
});
