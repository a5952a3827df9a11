// Generates docs/diff-classes.md from the registry of classes of changes.
import { createRequire } from 'node:module';
import { wrap } from '../schemas/field-docs.mjs';

const require = createRequire(import.meta.url);
require('../register-typescript.cjs');
const { CLASS_SECTIONS } = require('../../lib/diff/class-facts.ts');
const { CHANGE_CLASSES } = require('../../lib/diff/change.ts');

const LEAD = [
  '`cdk8s-flux diff` gives each change a class that says what Flux will do. An object may have changes of several classes.',
  '`--fail-on` takes the names of classes. A report lists them in this order, the worst first:',
].join(' ');
const WIDTH = 120;
/** How many lines around a change are shown. */
const CONTEXT = 8;

export function diffClassesPage() {
  const sections = Object.entries(CLASS_SECTIONS).map(([title, classes]) =>
    [`## ${title}`, ...Object.entries(classes).map(([name, facts]) => section(name, facts))].join('\n\n'),
  );
  const notice = '<!-- Made by npm run docs from lib/diff/class-facts/. Do not edit. -->';
  const order = paragraph(`${CHANGE_CLASSES.map((name) => `\`${name}\``).join(', ')}.`);
  return `${[notice, '# Classes of changes', paragraph(LEAD), order, ...sections].join('\n\n')}\n`;
}

function section(name, { meaning, details, advice, example }) {
  const { before, after, instead } = example ?? {};
  return [
    `### \`${name}\``,
    paragraph([`${meaning}.`, details].filter(Boolean).join(' ')),
    ...(advice === undefined ? [] : [paragraph(advice)]),
    ...(example ? [`For example:\n\n${difference(before, after)}`] : []),
    ...(instead ? [`Not in this class:\n\n${difference(before, instead)}`] : []),
  ].join('\n\n');
}

function paragraph(text) {
  return wrap(text, WIDTH).join('\n');
}

/** The effect of a change on files, as git shows it. */
function difference(before, after) {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const changed = paths.filter((path) => before[path] !== after[path]);
  const parts = changed.map((path) => {
    const lines = changedLines(linesOf(before[path]), linesOf(after[path]));
    return [
      `--- ${before[path] === undefined ? '/dev/null' : path}`,
      `+++ ${after[path] === undefined ? '/dev/null' : path}`,
      ...inContext(lines),
    ];
  });
  return ['```diff', ...parts.flat(), '```'].join('\n');
}

function linesOf(text = '') {
  return text.split('\n').slice(0, -1);
}

/** The lines of both texts, each after `-`, `+` or a blank; by their longest common subsequence. */
function changedLines(before, after) {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array(after.length + 1).fill(0));
  for (let a = before.length - 1; a >= 0; a -= 1)
    for (let b = after.length - 1; b >= 0; b -= 1)
      lengths[a][b] =
        before[a] === after[b] ? lengths[a + 1][b + 1] + 1 : Math.max(lengths[a + 1][b], lengths[a][b + 1]);
  const lines = [];
  let [a, b] = [0, 0];
  while (a < before.length || b < after.length) {
    if (a < before.length && before[a] === after[b]) {
      lines.push(` ${before[a]}`);
      a += 1;
      b += 1;
    } else if (b >= after.length || (a < before.length && lengths[a + 1][b] >= lengths[a][b + 1]))
      lines.push(`-${before[a++]}`);
    else lines.push(`+${after[b++]}`);
  }
  return lines;
}

/** The changed lines with the lines around them, and the name of the object. */
function inContext(lines) {
  const isNear = (index) =>
    lines.some((line, at) => !line.startsWith(' ') && Math.abs(at - index) <= CONTEXT);
  return lines.filter(
    (line, index) => isNear(index) || /^ (?:kind|metadata|spec|---|(?: {2}name)):?/.test(line),
  );
}
