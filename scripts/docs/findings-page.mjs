// Generates docs/findings.md from the registry of finding codes.
import { createRequire } from 'node:module';
import { wrap } from '../schemas/field-docs.mjs';

const require = createRequire(import.meta.url);
require('../register-typescript.cjs');
const { CODE_SECTIONS } = require('../../lib/findings/codes.ts');

const LEAD = [
  'A finding tells you what is wrong, where, and how to fix it. An error stops synth before it publishes anything. The',
  'exception is a finding about a file that synth keeps: it is reported after publishing. Warnings and infos stop nothing.',
  'Codes are stable, so scripts can rely on them. `cdk8s-flux explain CODE` prints the section of a code.',
].join(' ');
const WIDTH = 120;
const SUFFIX = { error: '', warning: ' (a warning)', info: ' (an info)' };

/** @param hasPage whether a rule has a page of its own, by its code */
export function findingsPage(hasPage) {
  const sections = Object.entries(CODE_SECTIONS).map(([title, codes]) =>
    [
      `## ${title}`,
      ...Object.entries(codes).map(([code, facts]) => section(code, facts, hasPage(code))),
    ].join('\n\n'),
  );
  const notice = '<!-- Made by npm run docs from lib/findings/codes/. Do not edit. -->';
  return `${[notice, '# Findings', paragraph(LEAD), ...sections].join('\n\n')}\n`;
}

function section(code, { severity, summary, details, fix }, hasPage) {
  const prose = [`${summary}${SUFFIX[severity]}.`, ...(details === undefined ? [] : [details])].join(' ');
  return [
    `### \`${code}\``,
    paragraph(prose),
    ...(fix === undefined ? [] : [paragraph(`Fix: ${fix}`)]),
    ...(hasPage ? [`More: [${code}](rules/${code}.md).`] : []),
  ].join('\n\n');
}

function paragraph(text) {
  return wrap(text, WIDTH).join('\n');
}
