import fc from 'fast-check';
import { CHANGE_CLASSES, type Diff } from '../../../lib/diff/change';
import { COMMENT_LIMIT, formatDiffMarkdown } from '../../../lib/diff/report/markdown';
import { finding } from '../../../lib/findings/finding';
import { change, cluster, diffOf, everything } from './diffs';
import { readMarkdown } from './markdown-elements';

/** Text with a meaning in Markdown, HTML, on code hosts, in terminals or to CI runners. */
const signs = [
  ...'`|\\<>&*_~[]()!#@$:"\'^={}-+;./% \t\n\r\0',
  ...[
    '``',
    '```',
    '~~~',
    '\n\n',
    '\r\n',
    '    ',
    '---',
    '===',
    '1. ',
    '- ',
    '+ ',
    '> ',
    '# ',
    '\n# ',
    '\n- ',
    '\n```\n',
  ],
  ...[
    '@team',
    '@acme/team',
    '#12',
    'GH-12',
    'acme/app#12',
    'acme/app@1234567',
    'JIRA-12',
    '1234567abcdef',
    'a@b.example',
  ],
  ...[
    ':smile:',
    '$x$',
    '$`x`$',
    '$$\nx\n$$',
    'https://e.example',
    'www.e.example',
    'e.example',
    'mailto:a@b.example',
    '//e.example',
  ],
  ...[
    '<script>',
    '</script>',
    '<details>',
    '</details>',
    '<summary>',
    '</code>',
    '<code>',
    '<!--',
    '-->',
    '<img src=x onerror=y>',
  ],
  ...[
    '&lt;',
    '&#64;a',
    '&#x3c;b>',
    '![a](https://e.example)',
    '[a](b)',
    '[a]: b',
    '[^1]',
    '[^1]: a',
    '[ ] ',
    '**a**',
    '__a__',
    '~~a~~',
  ],
  ...[
    '::error::x',
    '##[error]x',
    '##vso[task]',
    '\u001b[31m',
    '\u202e',
    '\u2066',
    '\u200b',
    '\u2028',
    '\ud800',
    '😀',
    'é',
    'word',
    '12',
  ],
];
const hostile = fc.array(fc.constantFrom(...signs), { maxLength: 8 }).map((parts) => parts.join(''));

/** A diff in which every text that can come from a repository is hostile. */
const hostileDiff = fc.array(hostile, { minLength: 24, maxLength: 24 }).chain((texts) => {
  const at = (index: number): string => texts[index % texts.length] as string;
  const object = (index: number) => ({
    group: at(index),
    kind: at(index + 1),
    namespace: at(index + 2),
    name: at(index + 3),
  });
  return fc.array(fc.constantFrom(...CHANGE_CLASSES), { minLength: 1, maxLength: 6 }).map((classes): Diff => {
    const changes = classes.map((name, index) =>
      change({
        class: name,
        object: object(index),
        owner: at(index + 4),
        formerOwner: at(index + 5),
        message: `Flux deletes ${at(index + 6)} and ${at(index + 7)}`,
        hint: at(index + 8),
        location: { file: at(index + 9), line: 1 },
        fields: [
          { path: at(index + 10), before: at(index + 11), after: at(index + 12) },
          { path: at(index + 13), after: { [at(index + 14)]: [at(index + 15)] } },
        ],
        versions: [
          { of: 'image', name: at(index + 16), before: at(index + 17), after: at(index + 18), step: 'other' },
        ],
        alongWith: [object(index + 4)],
      }),
    );
    const bad = finding({
      code: 'dependency-missing',
      message: at(1),
      hint: at(2),
      locations: [{ file: at(3), line: 1 }],
    });
    return diffOf([cluster(at(19), changes, [at(20)]), cluster(at(21), changes.slice(1), [at(22)])], {
      base: { name: at(23), commit: at(0) },
      head: { name: at(5) },
      clusterCount: 5,
      findings: { new: [bad], gone: [bad] },
      uncompared: [{ cluster: at(4), object: object(7), reason: 'remote', detail: at(8) }],
    });
  });
});

describe('the Markdown of a diff', () => {
  it('lets no text of a repository take effect, and closes what it opens, at every limit', () => {
    fc.assert(
      fc.property(hostileDiff, fc.integer({ min: 0, max: 6000 }), (diff, limit) => {
        const markdown = formatDiffMarkdown(diff, { limit });
        expect(markdown.length).toBeLessThanOrEqual(limit);
        expect(readMarkdown(markdown).strange).toEqual([]);
        expect(markdown).not.toMatch(/^\s*::|##(?:\[|vso)|(?!\n)\p{Cc}|\u202e|\p{Surrogate}/mu);
      }),
      { numRuns: 150 },
    );
  });

  it.each(signs)('shows a name with %j as code', (sign) => {
    const name = `a${sign}b`;
    const diff = diffOf([
      cluster('eu', [
        change({ object: { group: '', kind: 'ConfigMap', name }, message: `Flux deletes "${name}"` }),
      ]),
    ]);
    const { strange, codes } = readMarkdown(formatDiffMarkdown(diff));
    expect(strange).toEqual([]);
    // eslint-disable-next-line no-control-regex -- what is written as an escape
    if (!/[\u0000-\u001f\u2028-\u202e\u2066]|\p{Surrogate}/u.test(sign))
      expect(codes).toContain(`ConfigMap ${name}`);
  });

  it('shows destruction, versions and new findings first, and folds the rest', () => {
    const markdown = formatDiffMarkdown(everything);
    const titles = [...markdown.matchAll(/^(?:### |<summary>)(.*?) \(/gm)].map(([, title]) => title);
    expect(titles.slice(0, 4)).toEqual(['Deleted', 'Versions', 'New findings', 'Moved']);
    expect(readMarkdown(markdown)).toMatchObject({ strange: [], folded: titles.length - 3 });
    expect(markdown.slice(0, markdown.indexOf('### New'))).toMatchInlineSnapshot(`
     "**1 deleted, 1 moved, 1 policy-changed, 1 upgraded, 1 secret-changed in 1 of 3 clusters:** \`eu\`; **1 new finding**; **1 finding resolved**; **1 not compared**

     From \`main\` (\`111111111111\`) to \`working tree\`.

     ### Deleted (1)

     - **deleted** \`Namespace shop\` in cluster \`eu\`: Flux prunes it
       - with 8 objects: \`ConfigMap shop/c0\`, \`ConfigMap shop/c1\`, \`ConfigMap shop/c2\`, \`ConfigMap shop/c3\`, \`ConfigMap shop/c4\` and 3 more
       - fix: keep the file
       - applied by \`flux-system/shop\`, at \`apps/ns.yaml:1\`

     ### Versions (1)

     | | Name | From | To | Step | Used by | Clusters |
     | --- | --- | --- | --- | --- | --- | --- |
     | image | \`ghcr.io/shop/web\` | \`1.2.3\` | \`2.0.0\` | major | \`Deployment shop/web\` | \`eu\` |

     "
    `);
  });

  it('is the same at every limit above its length, and cut below', () => {
    const whole = formatDiffMarkdown(everything);
    expect(formatDiffMarkdown(everything, { limit: whole.length })).toBe(whole);
    const cut = formatDiffMarkdown(everything, { limit: whole.length - 1 });
    expect(cut).toContain(`This report is cut to ${whole.length - 1} characters.`);
    expect(cut).not.toContain('Left out: .');
  });

  it('counts what it leaves out, and says where the full report is', () => {
    const changes = Array.from({ length: 900 }, (_, index) =>
      change({
        object: { group: '', kind: 'ConfigMap', namespace: 'shop', name: `c${index}` },
        message: `${index} ${'x '.repeat(48)}`,
      }),
    );
    const markdown = formatDiffMarkdown(diffOf([cluster('eu', changes)]), { fullReport: 'diff.md' });
    expect(markdown.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(markdown.length).toBeGreaterThan(COMMENT_LIMIT - 400);
    const shown = markdown.match(/^- \*\*changed\*\*/gm)?.length ?? 0;
    expect(markdown).toContain(`<summary>Changed (${shown} of 900)</summary>`);
    expect(markdown).toContain(`Left out: ${900 - shown} changed. The full report is in \`diff.md\`.`);
    expect(readMarkdown(markdown)).toMatchObject({ strange: [], folded: 1 });
  });

  it('keeps destructive changes when it cuts, whatever else there is', () => {
    const many = Array.from({ length: 300 }, (_, index) => change({ owner: `flux-system/k${index}` }));
    const markdown = formatDiffMarkdown(diffOf([cluster('eu', [...many, change({ class: 'deleted' })])]), {
      limit: 2000,
    });
    expect(markdown).toContain('### Deleted (1)');
    expect(readMarkdown(markdown).strange).toEqual([]);
  });

  it('counts as many characters as GitHub does, or more', () => {
    const name = '😀'.repeat(70);
    const changes = Array.from({ length: 900 }, (_, index) =>
      change({ message: `Flux applies ${name} ${index}` }),
    );
    const markdown = formatDiffMarkdown(diffOf([cluster('eu', changes)]));
    expect([...markdown].length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(4 * COMMENT_LIMIT);
  });

  it('does not change words of messages', () => {
    const message =
      'Flux deletes the Namespace "shop" (and all that is in it), because "apps/shop" doesn\'t list it: nothing waits';
    const markdown = formatDiffMarkdown(diffOf([cluster('eu', [change({ message })])]));
    expect(markdown).toContain(
      ': Flux deletes the Namespace "shop" (and all that is in it), because `apps/shop` doesn\'t list it: nothing waits\n',
    );
  });
});
