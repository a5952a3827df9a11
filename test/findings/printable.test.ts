import { finding } from '../../lib/findings/finding';
import { formatFinding } from '../../lib/findings/format';
import { printable, printableJson, printableLines } from '../../lib/findings/printable';

/** One of each kind of character that controls a terminal, ends a line or reverses text. */
const HOSTILE = [
  '\u0000',
  '\u0007',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u009b',
  '\u2028',
  '\u202e',
  '\u2066',
  '\ud800',
];

/**
 * Commands that a CI runner obeys: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
const COMMANDS = [
  '::error::x',
  '::stop-commands::x',
  '  ::add-mask::x',
  '\u00a0::debug::x',
  '##[error]x',
  '##vso[task.x]y',
];

function obeyed(text: string): boolean {
  return text
    .split(/[\n\r\u0085\u2028\u2029]/)
    .some((line) => /^\s*::/.test(line) || /##(?:\[|vso\[)/.test(line));
}

describe('text that is printed', () => {
  it.each(HOSTILE.map((character) => [character]))('has %j as an escape', (character) => {
    for (const text of [printable(`a${character}b`), printableLines(`a${character}b`)]) {
      expect(text).toMatch(/^a\\[xu][0-9a-f]+b$/);
    }
  });

  it('keeps letters of every script, emoji, lines, tabs and our own colours', () => {
    const text = 'größe 名前 👩‍🚀\n\tnext \u001b[31mred\u001b[39m\n';
    expect(printableLines(text)).toBe(text);
    expect(printable('größe 名前 👩‍🚀')).toBe('größe 名前 👩‍🚀');
  });

  it('is one line for a name', () => {
    expect(printable('a\n::error::b\r\tc')).toBe('a\\n::error::b\\r\\tc');
  });

  it.each(COMMANDS.map((command) => [command]))('has no line that a runner obeys: %j', (command) => {
    for (const text of [command, `first\n${command}\n`, `a ${command}`]) {
      expect(obeyed(printableLines(text))).toBe(false);
      expect(obeyed(printableJson({ text }))).toBe(false);
      expect(JSON.parse(printableJson({ text }))).toEqual({ text });
    }
  });

  it('is so in every part of a finding', () => {
    for (const bad of [...HOSTILE, ...COMMANDS, '\n::error::x']) {
      const text = formatFinding(
        finding({
          code: 'yaml-invalid',
          message: bad,
          hint: bad,
          field: bad,
          locations: [
            { file: bad, line: 1 },
            { constructPath: bad, source: bad },
          ],
        }),
      );
      expect(text.split('\n')).toHaveLength(3);
      expect(obeyed(text)).toBe(false);
      // eslint-disable-next-line no-control-regex -- control characters are what is looked for
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e\u2066]/);
    }
  });
});
