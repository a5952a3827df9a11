import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocuments } from '../../lib/yaml/parse';
import { checkTree } from '../../lib/check/check-tree';
import type { FluxConfig } from '../../lib/config/flux-config';
import type { Finding } from '../../lib/findings/finding';
import { filesIn, root } from '../docs/pages';
import { bootstrap, treeOf } from '../graph/tree-of';

type Files = Readonly<Record<string, string>>;

/** The page of a rule: its text, a repository with the defect, and one without it. */
export interface RulePage {
  readonly code: string;
  readonly title: string;
  readonly bad: Files;
  /** The page shows only what the fix changes. */
  readonly good: Files;
}

/** The codes that have a page. */
export function rulePages(): string[] {
  const folder = join(root, 'docs/rules');
  return readdirSync(folder).map((file) => file.replace(/\.md$/, ''));
}

/** Reads the page of a code. */
export function readRulePage(code: string): RulePage {
  const file = join(root, 'docs/rules', `${code}.md`);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [, bad = '', good = ''] = text.split(/^## (?:Bad|Good)$/m);
  const files = filesIn(bad);
  return {
    code,
    title: /^# (.*)$/m.exec(text)?.[1] ?? '',
    bad: files,
    good: { ...files, ...filesIn(good) },
  };
}

/** Checks a repository that was bootstrapped at `clusters/prod`, with its `cdk8s-flux.yaml`. */
export function checkFiles(files: Files): readonly Finding[] {
  const { 'cdk8s-flux.yaml': config, ...rest } = files;
  const parsed = parseDocuments(config ?? '', 'cdk8s-flux.yaml')[0]?.value as FluxConfig | undefined;
  const options = { settings: parsed?.check, allow: parsed?.allow, policy: parsed?.rollout };
  return checkTree(treeOf({ ...bootstrap, ...rest }), options).findings;
}

/** The places that a page marks with `# <- code`, as `file:line`; a mark on its own line means the next line. */
export function markedPlaces(files: Files, code: string): string[] {
  return Object.entries(files).flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      if (!line.endsWith(`# <- ${code}`)) return [];
      return [`${path}:${index + (line.trim().startsWith('# <-') ? 2 : 1)}`];
    }),
  );
}
