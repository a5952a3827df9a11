import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingCodes } from './finding-codes';

const root = join(__dirname, '..', '..');

describe('docs/findings.md', () => {
  const sections = [...readFileSync(join(root, 'docs/findings.md'), 'utf8').matchAll(/^### `(.+)`$/gm)].map(
    (match) => match[1],
  );

  it('has one section for each finding code', () => {
    const codes = findingCodes(join(root, 'lib'));
    expect(codes).toContain('dependency-cycle');
    expect([...sections].sort()).toEqual(codes);
  });
});
