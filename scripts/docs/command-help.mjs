// The help of every command, for the site, so that its search finds each by name.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
require('../register-typescript.cjs');
const { run } = require('../../lib/cli/run.ts');

async function helpOf(command) {
  let help = '';
  await run([...command.split(' '), '--help'], {
    stdout: (text) => void (help += text),
    stderr: () => undefined,
    cwd: import.meta.dirname,
    env: {},
    stderrIsTerminal: false,
    childStreams: 'pipe',
  });
  return help.trimEnd();
}

/**
 * A section for each command with its help.
 *
 * @param page the text of docs/commands.md, which lists all commands
 */
export async function commandHelp(page) {
  const listed = [...page.matchAll(/^\| `cdk8s-flux ([a-z-]+)(?: (\[?)([a-z]+)\]?(?=[ `]))?/gm)];
  const commands = listed.map(([, verb, , word]) => [verb, word].filter(Boolean).join(' '));
  const sections = [];
  for (const command of commands)
    sections.push(`### cdk8s-flux ${command}`, '', '```text', await helpOf(command), '```', '');
  return ['## Help of each command', '', ...sections].join('\n');
}
