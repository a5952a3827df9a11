import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPlan } from '../../../lib/app/check-plan';
import { encryptSecrets } from '../../../lib/app/encrypt-secrets';
import { Afterwards } from '../../../lib/app/projected-repository';
import { checkTree } from '../../../lib/check/check-tree';
import { withLockDown } from '../../../lib/config/check-config';
import { settingsOf, type Project } from '../../../lib/config/project';
import type { Finding } from '../../../lib/findings/finding';
import { buildGraph } from '../../../lib/graph/build-graph';
import { planApp, type Plan } from '../../../lib/plan/plan';
import { Tree } from '../../../lib/tree/tree';
import { TreeFile } from '../../../lib/tree/tree-file';
import { randomApp, type RandomApp } from '../random-app';
import type { Target } from '../target';

let project: Project | undefined;

/** Apps of random constructs: what synth accepts must be right for check, which reads only the files. */
export const apps: Target = {
  name: 'apps',
  cost: 2,
  input: (random) => ({ input: random.bytes(40 + random.below(160)) }),
  run: ({ input }) => {
    const made = randomApp(Buffer.isBuffer(input) ? input : Buffer.alloc(0));
    project ??= { root: mkdtempSync(join(tmpdir(), 'cdk8s-flux-apps-')), ...settingsOf({ version: 1 }) };
    const plan = planApp(made.app, encryptSecrets({ root: project.root, reencrypt: [] }));
    const found = hasError(plan.findings)
      ? plan.findings
      : [...plan.findings, ...checkedBySynth(plan, project)];
    const own = found.find(({ code }) => OWN_FAULTS.includes(code));
    if (own) throw new Error(`synth reports its own fault: ${own.message}`);
    if (hasError(found)) return;
    const told = new Set(found.map(({ code }) => code));
    const untold = checkedByFiles(plan, made).find(
      ({ code, severity }) => severity !== 'info' && !told.has(code),
    );
    if (untold) throw new Error(`synth does not report ${untold.code}: ${untold.message}`);
  },
};

/** What synth reports only if it is wrong itself. */
const OWN_FAULTS = ['shared-not-equal', 'evaluation-failed', 'object-invalid'];

function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

function checkedBySynth(plan: Plan, own: Project): readonly Finding[] {
  const files = plan.tree;
  return checkPlan({
    plan,
    files,
    project: own,
    afterwards: new Afterwards({ project: own, plan, files, findRemoved: () => [] }),
  });
}

function checkedByFiles({ tree: planned }: Plan, { clusters }: RandomApp): readonly Finding[] {
  const tree = new Tree(planned.files.map(({ path, bytes }) => TreeFile.fromBytes(path, bytes)));
  const known = clusters.map(({ node, entryPath, lockDown }) => ({
    name: node.id,
    path: entryPath,
    lockDown,
  }));
  const graph = buildGraph(tree, { entries: known.map(({ path }) => path), clusters: known });
  const settings = withLockDown(
    {},
    known.filter(({ lockDown }) => lockDown),
  );
  return checkTree(tree, { graph, settings }).findings;
}
