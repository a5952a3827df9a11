import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../lib/cli/run';

const page = readFileSync(join(__dirname, '../../docs/commands.md'), 'utf8');

async function helpOf(command: string): Promise<string> {
  let help = '';
  await run([...command.split(' ').filter(Boolean), '--help'], {
    stdout: (text) => void (help += text),
    stderr: () => undefined,
    cwd: __dirname,
    env: {},
    stderrIsTerminal: false,
    childStreams: 'pipe',
  });
  return help;
}

/** The entries below a heading of the help. */
function listed(help: string, heading: string, name: RegExp): string[] {
  const section = help.split(`\n${heading}:\n`)[1]?.split('\n\n')[0] ?? '';
  return [...section.matchAll(name)].map(([, found]) => found as string);
}

async function subcommands(command: string): Promise<string[]> {
  const names = listed(await helpOf(command), 'Commands', /^ {2}([a-z][\w-]*)/gm);
  return names.map((name) => `${command} ${name}`.trim());
}

/** The options of a command in the page's table: a row belongs to the last command named above it. */
function documentedOptions(command: string): string[] {
  let current = '';
  return page.split('\n').flatMap((row) => {
    const [, first = '', option = ''] = row.split('|').map((cell) => cell.trim());
    if (first.startsWith('`')) current = first;
    return current === `\`${command}\`` ? [...option.matchAll(/(--[\w-]+)/g)].map(([flag]) => flag) : [];
  });
}

/** Options of every command: one row of the table, or the text above it, describes them. */
const EVERYWHERE = ['--quiet', '--help'];

describe('docs/commands.md', () => {
  it('lists every command with all of its options, and no other option', async () => {
    const verbs = await subcommands('');
    const commands = [
      ...verbs.filter((verb) => !['secrets', 'hook', 'artifact', 'help'].includes(verb)),
      ...(await subcommands('secrets')),
      ...(await subcommands('hook')),
      ...(await subcommands('artifact')),
    ];
    expect(commands).toContain('secrets rotate');
    for (const command of commands) {
      expect(page).toContain(`\`cdk8s-flux ${command.replace('secrets list', 'secrets [list]')}`);
      const options = listed(await helpOf(command), 'Options', /^ {2}(?:-\w, )?(--[\w-]+)/gm);
      expect(options).toEqual(expect.arrayContaining(EVERYWHERE));
      expect([command, ...documentedOptions(command)]).toEqual([
        command,
        ...options.filter((option) => !EVERYWHERE.includes(option)),
      ]);
    }
  });
});
