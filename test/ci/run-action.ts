import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const ROOT = join(__dirname, '..', '..');

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

/** `action.yml`, as the runner reads it. */
export const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};

/** How a job ended. */
export interface ActionRun {
  /** The exit code of the first step that failed, otherwise 0. */
  readonly code: number;
  /** What the steps printed. */
  readonly log: string;
  /** The outputs of the action. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The steps of other actions that would have run, with their inputs. */
  readonly others: readonly { readonly uses: string; readonly with: Readonly<Record<string, string>> }[];
}

/** Runs the steps of our action as the runner does; steps of other actions are only recorded. */
export async function runAction(
  folder: string,
  env: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
): Promise<ActionRun> {
  const values: Record<string, string> = {
    'github.token': env['GITHUB_TOKEN'] ?? '',
    'github.action_path': ROOT,
  };
  for (const [name, { default: value }] of Object.entries(action.inputs))
    values[`inputs.${name}`] = inputs[name] ?? filled(value, values);
  const others: { uses: string; with: Record<string, string> }[] = [];
  let [code, log] = [0, ''];
  for (const step of action.runs.steps) {
    const isWanted = step.if === undefined ? code === 0 : truth(step.if, values);
    if (!isWanted) continue;
    const given = (fields: Readonly<Record<string, string>> = {}) =>
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, filled(value, values)]));
    if (step.run === undefined) {
      others.push({ uses: step.uses ?? '', with: given(step.with) });
      continue;
    }
    const output = env['GITHUB_OUTPUT'] as string;
    writeFileSync(output, '');
    const ran = await runScript(step.run, folder, { ...env, ...given(step.env) });
    if (code === 0) code = ran.code;
    log += ran.log;
    for (const line of readFileSync(output, 'utf8').split('\n').filter(Boolean)) {
      const [, name, value] = /^([\w-]+)=(.*)$/.exec(line) ?? [];
      if (name === undefined) throw new Error(`not an output: ${line}`);
      values[`steps.${step.id}.outputs.${name}`] = value as string;
    }
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, filled(value, values)]);
  return { code, log, others, outputs: Object.fromEntries(outputs) as Record<string, string> };
}

/** Runs a script as a step does. */
export function runScript(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; log: string }> {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { cwd, env });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  return new Promise((done) => child.once('close', (code) => done({ code: code ?? -1, log })));
}

const REFERENCE = /(?:inputs|github|steps)(?:\.[\w-]+)+/g;

/** Text with its expressions replaced; an expression is a name, or two with `||`. */
function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const names = expression.split('||').map((name) => name.trim());
    if (names.some((name) => name.replace(REFERENCE, '') !== ''))
      throw new Error(`cannot evaluate ${expression}`);
    return names.map((name) => values[name] ?? '').find((value) => value !== '') ?? '';
  });
}

/** Evaluates a condition of the form `always() && a == 'b' && c != ''`. */
function truth(condition: string, values: Readonly<Record<string, string>>): boolean {
  const [, expression = ''] = /^\$\{\{ (.*) \}\}$/.exec(condition) ?? [];
  return expression.split(' && ').every((part) => {
    const [, name = '', operator, value] = /^(\S+) (==|!=) '(.*)'$/.exec(part) ?? [];
    if (operator === undefined) return part === 'always()';
    return ((values[name] ?? '') === value) === (operator === '==');
  });
}
