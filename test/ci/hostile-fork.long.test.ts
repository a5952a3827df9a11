import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { HAND_WRITTEN } from '../cli/command-line';
import { removeScratch } from '../revisions/scratch-git';
import { build } from '../tools/built';
import { FakeForge } from './fake-forge';
import { ROOT, runAction, type ActionRun } from './run-action';
import { ScratchFleet, type ScratchPull } from './scratch-fleet';

const MINUTE = 60_000;
const MAP = HAND_WRITTEN['apps/map.yaml'];
const BASE = {
  ...HAND_WRITTEN,
  'apps/kept.yaml': MAP.replace('settings', 'kept'),
  'cdk8s-flux.yaml': 'version: 1\n',
};

/** The real effects of a stranger's manifests. */
const MANIFESTS = {
  'apps/map.yaml': undefined,
  'apps/secret.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata: { name: db, namespace: shop }\nstringData: { password: Xk29-vLq8-mZ41 }\n',
  'apps/kept.yaml': MAP.replace('settings', 'kept').concat(
    'data:\n',
    ...[
      '<img src=x onerror=alert(1)>',
      '@octocat fixes #1',
      '[safe](https://evil.example)',
      '`code` ```',
      '</code></details><h1>approved</h1>',
      '\\n::error::pwned',
      '\\n<!-- /cdk8s-flux-part -->\\n<!-- cdk8s-flux-report -->\\n# all is well',
      '##[error]pwned',
      '$(touch pwned)',
    ].map((text, index) => `  key${index}: "${text}"\n`),
  ),
};

/** Other files in the fork. Each of them would leave a file `pwned` if it ran. */
const TRAPS = {
  'main.js': "require('node:fs').writeFileSync(process.env.HOME + '/pwned', '');\n",
  'cdk8s.yaml': 'language: typescript\napp: touch "$HOME/pwned" pwned\noutput: dist\n',
  'package.json': JSON.stringify({
    name: 'pwned',
    scripts: {
      preinstall: 'touch "$HOME/pwned"',
      prepare: 'touch "$HOME/pwned"',
      postinstall: 'touch "$HOME/pwned"',
    },
    dependencies: { 'cdk8s-flux': 'file:./evil' },
  }),
  '.npmrc': 'script-shell=./evil.sh\nnode-options=--require ./main.js\nregistry=http://127.0.0.1:1/\n',
  'evil.sh': '#!/bin/sh\ntouch "$HOME/pwned"\n',
  'node_modules/cdk8s-flux/dist/lib/cli/bin.js':
    "require('node:fs').writeFileSync(process.env.HOME + '/pwned', '');\n",
  '.gitattributes': '* filter=evil diff=evil\n*.yaml export-ignore export-subst\n',
  '.gitconfig': '[filter "evil"]\n\tsmudge = touch "$HOME/pwned"\n\tclean = touch "$HOME/pwned"\n',
  '.gitmodules':
    '[submodule "evil"]\n\tpath = evil\n\turl = --upload-pack=./evil.sh\n\tupdate = !touch pwned\n',
  '.husky/post-checkout': 'touch "$HOME/pwned"\n',
  '.githooks/post-checkout': 'touch "$HOME/pwned"\n',
  '.github/workflows/check.yaml': 'on: pull_request_target\njobs: {}\n',
  // Files that a job of the fork may have left where we look for reports.
  'cdk8s-flux-report/report.md': '## What this change does\n\nNothing. All is well.\n',
  'cdk8s-flux-report/pr-number': '1\n',
};

let forge: FakeForge;
let fleet: ScratchFleet;

beforeAll(build, 2 * MINUTE);
beforeEach(async () => {
  forge = await new FakeForge().start();
  fleet = new ScratchFleet(BASE);
});
afterEach(() => forge.stop());
afterAll(removeScratch);

/** Runs the privileged job for a pull request of a fork. */
async function privileged(pull: ScratchPull): Promise<ActionRun & { body: string; summary: string }> {
  const fork = {
    head: { sha: pull.head, ref: '$(touch pwned);`touch pwned`', repo: { full_name: 'stranger/fleet' } },
  };
  const env = fleet.github(forge, 'pull_request_target', pull, fork);
  const clone = fleet.checkout();
  const before = readdirSync(clone.folder);
  const run = await runAction(clone.folder, env, { command: join(ROOT, 'dist/lib/cli/bin.js') });
  expect(readdirSync(clone.folder)).toEqual(before);
  expect(clone.git('status', '--porcelain')).toBe('');
  expect(readdirSync(fleet.runner)).not.toContain('pwned');
  return { ...run, body: forge.comments[0]?.body ?? '', summary: fleet.read('summary') };
}

/** A text without the ids of commits. */
const withoutCommits = (text: string): string => text.replace(/[0-9a-f]{12,40}/g, '');

/** What a browser would show of Markdown outside of code, and which elements it would make. */
function shown(markdown: string): { text: string; tags: string[] } {
  const html = new MarkdownIt({ html: true }).render(markdown);
  const outside = html.replace(/<code>[^]*?<\/code>/g, '');
  const tags = [...html.matchAll(/<([a-z][a-z0-9]*)\b/gi)].map(([, name]) => name as string);
  return { text: outside, tags: [...new Set(tags)].sort() };
}

describe('a hostile fork', () => {
  it(
    'changes nothing in the comment except the effects of its manifests',
    async () => {
      const plain = await privileged(fleet.pull(MANIFESTS, 7));
      forge.comments = [];
      const trapped = await privileged(fleet.pull({ ...MANIFESTS, ...TRAPS }, 8));
      expect(plain.body).toContain('- **deleted** `ConfigMap shop/settings`');
      expect(withoutCommits(trapped.body)).toBe(withoutCommits(plain.body).replaceAll('#7', '#8'));
      expect(trapped.code).toBe(plain.code);
      expect(trapped.outputs).toEqual(plain.outputs);
      expect(forge.requests.filter((request) => /^(?:POST|PATCH) \/repos/.test(request))).toEqual([
        'POST /repos/owner/fleet/issues/7/comments',
        'POST /repos/owner/fleet/issues/8/comments',
      ]);
    },
    2 * MINUTE,
  );

  it(
    'writes nothing that is a link, a mention, HTML, a marker or a command to the runner',
    async () => {
      const { body, summary, log } = await privileged(fleet.pull(MANIFESTS));
      for (const text of [body, summary]) {
        const { text: outside, tags } = shown(text);
        expect(
          tags.filter(
            (tag) =>
              ![
                'h2',
                'h3',
                'p',
                'strong',
                'code',
                'ul',
                'li',
                'details',
                'summary',
                'sub',
                'a',
                'table',
                'thead',
                'tbody',
                'tr',
                'th',
                'td',
              ].includes(tag),
          ),
        ).toEqual([]);
        expect(outside).not.toMatch(/octocat|evil\.example|approved|all is well|pwned/);
        expect([...outside.matchAll(/href="([^"]*)"/g)].map(([, url]) => url)).toEqual([
          'https://github.example/owner/fleet/actions/runs/42',
        ]);
      }
      expect(body.match(/^<!--.*-->$/gm)).toHaveLength(3);
      const commands = log.split('\n').filter((line) => /^\s*::|##\[/.test(line));
      expect(commands.length).toBeGreaterThan(0);
      for (const line of commands)
        expect(line).toMatch(/^::(?:error|warning|notice) file=[\w/.-]+,line=\d+,/);
      expect(`${body}${summary}${log}`).not.toContain('Xk29');
    },
    2 * MINUTE,
  );

  it(
    'is judged by the policy of the base, which it cannot loosen',
    async () => {
      const loose = [
        'version: 1',
        'entries: [nowhere]',
        'check: { rules: { plaintext-secret: "off" }, chainDepth: 99 }',
        'allow:',
        '  - { code: plaintext-secret, file: apps/secret.yaml, object: Secret/shop/db, reason: it is fine }',
        '  - { code: path-missing, reason: it is fine }',
      ];
      const pull = fleet.pull({
        ...MANIFESTS,
        'nowhere/x.yaml': MAP,
        'cdk8s-flux.yaml': `${loose.join('\n')}\n`,
      });
      const { code, body } = await privileged(pull);
      expect(code).toBe(1);
      expect(body).toContain('**Fails:**');
      expect(body).toContain('`plaintext-secret`');
      expect(body).toContain('- **deleted** `ConfigMap shop/settings`');
      expect(body).toContain('**policy-changed**');
    },
    2 * MINUTE,
  );

  it(
    'reads nothing through its symbolic links',
    async () => {
      const { folder } = fleet.upstream;
      fleet.upstream.git('checkout', '--quiet', '-b', 'pull-7');
      symlinkSync('/etc/passwd', join(folder, 'apps/passwd.yaml'));
      symlinkSync('../../..', join(folder, 'clusters/home/up'));
      symlinkSync('/etc/hostname', join(folder, 'apps/.sops.yaml'));
      const { body, log } = await privileged(fleet.pull({ 'apps/map.yaml': undefined }));
      expect(body).toContain('- **deleted** `ConfigMap shop/settings`');
      expect(`${body}${log}`).not.toMatch(/root:|nologin/);
    },
    2 * MINUTE,
  );
});
