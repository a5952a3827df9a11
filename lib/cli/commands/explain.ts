import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { CodeFacts } from '../../findings/codes/code-facts';
import { FINDING_CODES, isFindingCode, type FindingCode } from '../../findings/codes';
import { fail } from '../../findings/findings-error';
import { nearestHint } from '../../findings/nearest-name';
import { EXIT } from '../exit-code';
import type { Io } from '../io';

/** Adds `cdk8s-flux explain`: what is known of a finding. */
export function addExplain(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('explain')
    .argument('[code]', 'the code of a finding; by default the command lists all codes')
    .summary('explain a finding')
    .description('Prints the page of a finding: what it means, examples, and how to fix it.')
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux explain crd-deadlock   the page of one finding
  cdk8s-flux explain                all codes, each with a sentence`,
    )
    .action((code: string | undefined) => exit(explain(code, io)));
}

function explain(code: string | undefined, io: Io): number {
  io.stdout(code === undefined ? listOfCodes() : pageOf(knownCode(code)));
  return EXIT.clean;
}

function listOfCodes(): string {
  const codes = Object.entries(FINDING_CODES).sort(([a], [b]) => (a < b ? -1 : 1));
  return codes.map(([code, { summary }]) => `${code}\n  ${summary}\n`).join('');
}

function knownCode(code: string): FindingCode {
  if (isFindingCode(code)) return code;
  return fail({
    code: 'finding-unknown',
    message: `unknown code ${JSON.stringify(code)}`,
    hint: nearestHint(code, Object.keys(FINDING_CODES), 'cdk8s-flux explain lists all codes'),
  });
}

/** The page of a rule of `check`, otherwise the section in the list of findings. */
function pageOf(code: FindingCode): string {
  const page = join(dirname(require.resolve('cdk8s-flux/package.json')), 'docs', 'rules', `${code}.md`);
  if (existsSync(page)) return readFileSync(page, 'utf8');
  const { severity, summary, details, fix }: CodeFacts = FINDING_CODES[code];
  const parts = [`# ${code}`, `Severity: ${severity}`, `${summary}.`, details, fix && `Fix: ${fix}`];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}
