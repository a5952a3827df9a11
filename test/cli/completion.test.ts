import { execFileSync, spawnSync } from 'node:child_process';
import { type } from './command-line';

const hasBash = spawnSync('bash', ['--version']).status === 0;

/** What bash offers for the last word of a line. */
async function offered(...words: string[]): Promise<string[]> {
  const { stdout } = await type('completion', 'bash');
  const list = words.map((word) => `'${word}'`).join(' ');
  const script = `${stdout}\nCOMP_WORDS=(cdk8s-flux ${list}); COMP_CWORD=${words.length}; _cdk8s_flux; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

describe('shell completion', () => {
  (hasBash ? it : it.skip).each([
    [['ch'], ['check']],
    [['secrets', 'r'], ['rotate']],
    [
      ['check', '--format', ''],
      ['text', 'json', 'sarif', 'junit', 'codequality'],
    ],
    [['check', '--fail-on', 'w'], ['warning']],
    [['synth', '--wa'], ['--watch']],
    [['completion', 'f'], ['fish']],
  ])('completes %j in bash', async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  it.each(['bash', 'zsh', 'fish'])('has every command and option for %s', async (shell) => {
    const { code, stdout } = await type('completion', shell);
    expect(code).toBe(0);
    const dash = shell === 'fish' ? '-l ' : '--';
    for (const word of ['values-types', 'rotate', `${dash}reencrypt`, 'sarif']) {
      expect(stdout).toContain(word);
    }
  });

  it('fails for an unknown shell', async () => {
    const { code, stderr } = await type('completion', 'csh');
    expect([code, stderr]).toEqual([2, expect.stringContaining('Allowed choices are bash, zsh, fish')]);
  });
});
