import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../lib/findings/findings-error';
import { checkOutput } from './check-output';
import { CANARY, Sandbox } from './sandbox';
import type { Input, Target } from './target';
import { singleText } from './targets/single-text';

const kept: Buffer[] = [];

/** Targets with one defect each, which a run must find. The first has none. */
export const targets: readonly Target[] = [
  singleText(
    'refuses',
    () => ['a'],
    (text) => fail({ code: 'yaml-invalid', message: text }),
  ),
  always('crashes', { input: Buffer.from('aaaa!aaaa'), other: Buffer.from('b') }, ({ input }) => {
    if (input?.toString().includes('!')) throw new TypeError('a planted fault');
  }),
  {
    ...always('never-ends', {}, () => {
      for (;;);
    }),
    waitSeconds: 2,
  },
  always('grows', {}, () => void kept.push(Buffer.alloc(480 * 1024 * 1024, 1))),
  always('ends-the-process', {}, () => process.exit(3)),
  always('leaves', { 'a.yaml': Buffer.from('a') }, (input) => {
    const sandbox = new Sandbox();
    sandbox.fill(input);
    writeFileSync(join(sandbox.around, 'outside/notes.yaml'), '');
    sandbox.checkAround();
  }),
  always('tells', {}, () => checkOutput({ text: `password: ${CANARY}\n`, isText: true })),
  always('commands', {}, () => checkOutput({ text: 'x\n::error::y\n', isText: true })),
  always('draws', {}, () => checkOutput({ text: 'x\u001b[2J\n', isText: true })),
];

function always(name: string, input: Input, run: (input: Input) => void): Target {
  return { name, input: () => input, run };
}
