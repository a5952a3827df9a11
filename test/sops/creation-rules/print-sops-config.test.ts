import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { goRegex } from '../../../lib/plain/go-regex';
import { printSopsConfig } from '../../../lib/sops/creation-rules/print-sops-config';
import { ageRecipient } from '../fixtures';
import { describeWithSops } from '../sops-binary';

const ids = [ageRecipient('age-1'), ageRecipient('age-2')];
const recipientsAt = (index: number) => [{ kind: 'age' as const, id: ids[index] as string }];

/** The patterns of the rules for some paths. */
function patterns(...paths: readonly (readonly string[])[]): string[] {
  const text = printSopsConfig(paths.map((some) => ({ paths: some, recipients: recipientsAt(0) })));
  return [...text.matchAll(/path_regex: (.*)/g)].map(([, pattern]) => pattern as string);
}

describe('the pattern of a rule', () => {
  it.each([
    [['apps/'], '^apps/'],
    [['apps/', 'clusters/'], '^(apps|clusters)/'],
    [['apps/eu-1/', 'clusters/eu-1/'], '^(apps|clusters)/eu-1/'],
    [['apps/a/', 'clusters/a/', 'apps/b/', 'clusters/b/'], '^(apps|clusters)/(a/|b/)'],
    [['apps/a/', 'clusters/a/', 'infra/b/'], '^((apps|clusters)/a/|infra/b/)'],
    [['apps/a.b+c/web.yaml'], '^apps/a\\.b\\+c/web\\.yaml$'],
    [['web.yaml', 'apps/'], '^(apps/|web\\.yaml$)'],
  ])('for %j is %s', (paths, pattern) => {
    expect(patterns(paths)).toEqual([pattern]);
  });

  it('matches exactly the files in its folders, and its files', () => {
    const name = fc.constantFrom('a', 'b', 'ab', 'a.b', 'a+', 'x.yaml', '(a|b)', '$');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
    const listed = fc.tuple(path, fc.constantFrom('', '/')).map(([one, end]) => one + end);
    fc.assert(
      fc.property(fc.array(listed, { minLength: 1, maxLength: 8 }), path, (paths, file) => {
        const [pattern] = patterns(paths).map((text) => goRegex(text.replace(/^(["'])(.*)\1$/, '$2')));
        const isMeant = paths.some((one) => (one.endsWith('/') ? file.startsWith(one) : file === one));
        expect({ paths, file, isMatch: pattern?.(file) }).toEqual({ paths, file, isMatch: isMeant });
      }),
      { numRuns: 2000 },
    );
  });
});

describeWithSops('the real sops', (binary) => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-rules-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('takes the recipients of the first rule that matches', () => {
    const rules = [['apps/eu-1/own.yaml'], ['apps/eu-1/', 'apps/eu-2/', 'clusters/eu-1/', 'clusters/eu-2/']];
    const text = printSopsConfig(rules.map((paths, index) => ({ paths, recipients: recipientsAt(index) })));
    writeFileSync(join(folder, '.sops.yaml'), text);
    const recipientOf = (path: string): string | undefined => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), 'apiVersion: v1\nkind: Secret\nstringData:\n  a: b\n');
      try {
        execFileSync(binary, ['encrypt', '--in-place', path], { cwd: folder, stdio: 'pipe' });
      } catch {
        return undefined;
      }
      return /recipient: (.*)/.exec(readFileSync(join(folder, path), 'utf8'))?.[1];
    };
    expect(recipientOf('apps/eu-1/own.yaml')).toBe(ids[0]);
    for (const path of ['apps/eu-1/x.yaml', 'apps/eu-2/own.yaml', 'clusters/eu-1/a/b.yaml'])
      expect(recipientOf(path)).toBe(ids[1]);
    for (const path of ['apps/eu-3/x.yaml', 'apps/x.yaml', 'old/apps/eu-1/x.yaml'])
      expect(recipientOf(path)).toBeUndefined();
  });
});
