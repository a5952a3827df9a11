import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ageIdentity, ageRecipient } from '../sops/fixtures';
import { describeWithSops } from '../sops/sops-binary';
import { HAND_WRITTEN, removeRepositories, repository, typeIn } from './command-line';

afterAll(removeRepositories);

const secret = (name: string, ...entries: string[]): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name} }\nstringData:\n${entries.map((entry) => `  ${entry}\n`).join('')}`;

describeWithSops('a file that the real sops encrypted', (binary) => {
  /** A repository with a file as sops encrypts it, and the output of each command. */
  function encrypted(text: string, change: (text: string) => string = (same) => same) {
    const folder = repository({ ...HAND_WRITTEN, 'apps/secrets.yaml': text });
    const args = ['encrypt', '--in-place', '--age', ageRecipient('age-1')];
    const regex = ['--encrypted-regex', '^(data|stringData)$'];
    const { status, stderr } = spawnSync(binary, [...args, ...regex, 'apps/secrets.yaml'], { cwd: folder });
    expect([status, String(stderr)]).toEqual([0, '']);
    const file = join(folder, 'apps', 'secrets.yaml');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    const env = { SOPS_AGE_KEY: ageIdentity('age-1'), HOME: folder };
    return async (command: string): Promise<string> => {
      const { stdout, stderr: told } = await typeIn(folder, env, command);
      return stdout + told;
    };
  }

  const two = `${secret('first', 'a: value-of-a')}---\n${secret('second', 'b: value-of-b')}`;

  it('is intact if it has several documents', async () => {
    expect(await encrypted(two)('secrets')).not.toContain('sops-tampered');
  });

  it.each([
    ['a document is gone', (text: string) => text.split(/^---\n/m)[0] ?? ''],
    [
      'two documents changed places',
      (text: string) =>
        text
          .split(/^---\n/m)
          .reverse()
          .join('---\n'),
    ],
  ])('is reported as altered if %s', async (_, change) => {
    expect(await encrypted(two, change)('secrets')).toContain('sops-tampered');
  });

  it('is refused if an entry of a Secret was a number or a boolean', async () => {
    const run = encrypted(secret('odd', 'pin: 1234', 'ratio: 1.5', 'on: true', 'text: "1234"'));
    for (const command of ['secrets', 'check']) {
      const told = await run(command);
      const fields = [...told.matchAll(/sops-value-not-text[^\n]*\n {2}stringData\.(\w+):/g)].map(
        ([, name]) => name,
      );
      expect([command, fields]).toEqual([command, ['pin', 'ratio', 'on']]);
    }
  });

  it('may contain numbers if the object is neither a Secret nor a ConfigMap', async () => {
    const map = secret('map', 'pin: 1234').replace('Secret', 'Widget');
    expect(await encrypted(map)('secrets')).not.toContain('sops-value-not-text');
  });
});
