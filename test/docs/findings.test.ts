import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../lib/check/rules';
import { CODE_SECTIONS, codeFacts, FINDING_CODES } from '../../lib/findings/codes';
import { findingCodes } from './finding-codes';

const root = join(__dirname, '..', '..');
const codes = Object.keys(FINDING_CODES).sort();

describe('the registry of finding codes', () => {
  it('has each code in the sources, and no other', () => {
    expect(codes).toContain('dependency-cycle');
    expect(codes).toEqual(findingCodes(join(root, 'lib')));
  });

  it('has each code in one section', () => {
    expect(Object.values(CODE_SECTIONS).flatMap((section) => Object.keys(section))).toHaveLength(
      codes.length,
    );
  });

  it.each(codes)('explains what %s means and what to do', (code) => {
    const { summary, details, fix } = codeFacts(code)!;
    expect(summary).toMatch(/^[A-Z`].*[^.]$/);
    expect(details ?? 'None.').toMatch(/^[A-Z`].*\.$/);
    const hasPage = existsSync(join(root, `docs/rules/${code}.md`));
    expect(fix ?? (hasPage ? 'The page says it.' : '')).toMatch(/\.$/);
  });

  it('lets the settings name each code of a rule', () => {
    expect(rules.filter(({ code }) => codeFacts(code)?.inCheck !== true)).toEqual([]);
  });
});

describe('docs/findings.md', () => {
  it('has one section for each finding code', () => {
    const page = readFileSync(join(root, 'docs/findings.md'), 'utf8');
    const sections = [...page.matchAll(/^### `(.+)`$/gm)].map((match) => match[1]);
    expect(sections.sort()).toEqual(codes);
  });
});
