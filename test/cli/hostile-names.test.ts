import { HAND_WRITTEN, kustomization, removeRepositories, repository, typeIn } from './command-line';

afterAll(removeRepositories);

/** Names that control a terminal, reverse text, or begin a line with a command to a CI runner. */
const names = [
  '\u001b[2Jx',
  'a\n::error::x',
  'a\r::stop-commands::x',
  '::error::x',
  '##[error]x',
  '\u202ex',
  '\u009bx',
  '\u2066x',
];

const quoted = (name: string): string =>
  JSON.stringify(name).replace(/[\u007f-\u009f]/g, (c) => `\\x${c.charCodeAt(0).toString(16)}`);
const secret = (name: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: ${quoted(name)}, namespace: ${quoted(name)} }\nstringData: { ${quoted(`${name}-password`)}: Xk29-vLq8-mZ41 }\n`;

const files: Record<string, string> = {
  ...HAND_WRITTEN,
  '::error::file.yaml': secret('file'),
  'apps/\u001b]0;x\u0007.yaml': secret('path'),
};
names.forEach((name, index) => {
  files[`clusters/home/${index}.yaml`] = kustomization(
    quoted(name),
    quoted(`./${name}`),
    `, dependsOn: [{ name: ${quoted(name)} }]`,
  );
  files[`apps/${index}.yaml`] = secret(name);
});

const formats = (command: string[], ...choices: string[]): string[][] =>
  choices.map((name) => [...command, '--format', name]);
const commands = [
  ...formats(['check'], 'text', 'json', 'sarif'),
  ...formats(['order'], 'text', 'json'),
  ...formats(['secrets'], 'text', 'json'),
  ...formats(['graph', '--check'], 'mermaid', 'dot', 'json', 'svg', 'html'),
];

/** Lines that a terminal or a runner would obey. */
function obeyed(text: string): string[] {
  return text
    .split('\n')
    .filter(
      (line) =>
        /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(line.replaceAll('\t', '')) ||
        /^\s*::(?:error|stop)|##\[error/.test(line),
    )
    .map((line) => line.slice(0, 200));
}

describe('names that a stranger chose', () => {
  it.each(commands.map((command) => [command.join(' ')]))(
    'control neither a terminal nor a runner: %s',
    async (command) => {
      const { code, stdout, stderr } = await typeIn(repository(files), {}, ...command.split(' '));
      expect([code, obeyed(stdout), obeyed(stderr)]).toEqual([1, [], []]);
      expect(stdout.length).toBeGreaterThan(100);
    },
  );

  it('control nothing if they are given on the command line', async () => {
    for (const argv of [
      ['check', 'a\n::error::x'],
      ['::error::x'],
      ['check', '--entry', '\u001b[2J'],
      ['--\u202e'],
    ]) {
      const { stdout, stderr } = await typeIn(repository(files), {}, ...argv);
      expect([argv, obeyed(stdout), obeyed(stderr)]).toEqual([argv, [], []]);
    }
  });
});
