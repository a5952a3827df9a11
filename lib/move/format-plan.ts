import { firstNames } from '../plain/first-names';
import { printable, printableJson, printableLines } from '../findings/printable';
import { plural } from '../findings/summary';
import type { FileChange, MovePlan, MoveStep } from './plan';

/** How many effects of a step are listed. */
const MAX_EFFECTS = 12;

/** Prints a plan for people: each commit with its changes, and what to wait for before the next. */
export function formatPlanText({ title, clusters, steps, afterwards }: MovePlan): string {
  const head = printable(`${title}: ${plural(steps.length, 'commit')}, in ${firstNames(clusters)}`);
  const parts = steps.map((step, index) => stepText(step, index + 1).join('\n'));
  const rest = afterwards.map((line) => printable(`afterwards: ${line}`));
  return printableLines(`${[head, ...parts, ...rest].join('\n\n')}\n`);
}

function stepText({ title, why, files, code, effects, wait }: MoveStep, number: number): string[] {
  const more = effects.length - MAX_EFFECTS;
  return [
    printable(`commit ${number}: ${title}`),
    printable(`  ${why}`),
    ...files.flatMap(fileText),
    ...code.map(({ file, advice }) => printable(`  synth writes ${file}: in the code, ${advice}`)),
    ...titled('what Flux does', effects.slice(0, MAX_EFFECTS)),
    ...(more > 0 ? [`    and ${more} more (--format json lists them)`] : []),
    ...titled('before the next commit', wait),
  ];
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => printable(`    ${line}`))];
}

function fileText({ path, from, patch }: FileChange): string[] {
  const head = from === undefined ? `  ${path}` : `  ${from} -> ${path}`;
  const lines = patch.split('\n').filter((line) => line !== '');
  return [printable(head), ...lines.map((line) => printable(`    ${line}`))];
}

/** Prints a plan for other programs. Fields may be added, none is removed. */
export function formatPlanJson({ steps, ...plan }: MovePlan): string {
  const printed = steps.map(({ files, ...step }) => ({
    ...step,
    files: files.map(({ path, from, patch }) => ({ path, from, patch })),
  }));
  return printableJson({ ...plan, steps: printed });
}
