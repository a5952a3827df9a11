import type { Io } from '../../lib/cli/io';
import { announceStep } from '../../lib/cli/progress';

/** The output about a step on a terminal, unless set otherwise. */
function said(elapsed: number, more: Partial<Io> = {}): string {
  let text = '';
  const io: Io = {
    stdout: () => undefined,
    stderr: (part) => void (text += part),
    cwd: '/',
    env: { NO_COLOR: '1' },
    stderrIsTerminal: true,
    childStreams: 'pipe',
    ...more,
  };
  announceStep('checking', io, elapsed);
  return text;
}

describe('a step of a command', () => {
  it('is announced once the command has run for a second', () => {
    expect(said(1000)).toBe('cdk8s-flux: checking ...\n');
    expect(said(999)).toBe('');
  });

  it('is announced only on terminals, and never with --quiet', () => {
    expect(said(5000, { stderrIsTerminal: false })).toBe('');
    expect(said(5000, { isQuiet: true })).toBe('');
  });
});
