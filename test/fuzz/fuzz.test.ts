import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../tools/built';
import { fuzz } from './fuzz';
import { targets as planted } from './planted';
import { targets } from './targets';

beforeAll(build, 120_000);

describe('unexpected inputs', () => {
  it('neither crash nor hang a reader, and show no secret', async () => {
    const { cases, failures } = await fuzz({ targets, seed: 1, cases: 10 });
    expect(failures).toEqual([]);
    expect(Object.values(cases).every((count) => count > 0)).toBe(true);
  }, 120_000);
});

describe('a run', () => {
  it('finds a crash, a hang, a growing process and each broken promise', async () => {
    const options = { module: 'planted.ts', targets: planted, seed: 1, cases: 1 };
    const { failures } = await fuzz(options);
    const found = failures.map(
      ({ target, kind, message }) => `${target}: ${kind}: ${message.split('\n')[0]}`,
    );
    expect(found.sort()).toEqual([
      'commands: crash: Error: a line begins with "::": "\\n::error::y"',
      'crashes: crash: TypeError: a planted fault',
      'draws: crash: Error: prints a control character: "x\\u001b[2J"',
      'ends-the-process: crash: the process ended with 3: ',
      'grows: memory: needs more than 500 MB',
      'leaves: crash: Error: changed outside the repository: a/b/c/outside/notes.yaml',
      'never-ends: hang: does not end',
      'tells: crash: Error: shows a secret: "password: canary7Qp2Zk9Xw4"',
    ]);
    const crash = failures.find(({ target }) => target === 'crashes');
    const read = (path: string): string => readFileSync(join(crash?.folder ?? '', path), 'utf8');
    expect(read('input/input')).toBe('!');
    expect(read('failure.txt')).toContain('npm run fuzz -- --target crashes --seed 1 --case 0');
  }, 120_000);
});
