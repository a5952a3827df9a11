import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkTree } from '../../lib/check/check-tree';
import { loadTree } from '../../lib/tree/load-tree';
import { itWith } from '../tools/find-tool';

const REPOS = process.env['FLUX_REPOS'];

/** Defects of public repositories that people confirmed by reading them. */
const confirmed: Readonly<Record<string, readonly string[]>> = {
  'Diaoul__home-ops': ['crd-race', 'file-not-listed', 'health-check-ignored', 'webhook-race'],
  'artazar__flux2-general': ['crd-race', 'duplicate-owner', 'removed-api', 'schema-unknown-field'],
  'carpenike__k8s-gitops': [
    'component-as-resource',
    'crd-deadlock',
    'crd-pruned',
    'namespace-missing',
    'schema-enum',
    'source-missing',
  ],
  'equinor__radix-flux': ['crd-race', 'file-not-listed', 'health-check-ignored'],
  'fluxcd__flux2-hub-spoke-example': ['removed-api'],
  'fluxcd__flux2-kustomize-helm-example': ['open-version-range-shared'],
  'stefanprodan__gitops-istio': ['removed-api'],
};

/** Errors reported in repositories whose clusters run; people read all of them, and they are right. */
const MOST_ERRORS = 20;

describe('real repositories', () => {
  itWith('FLUX_REPOS', REPOS !== undefined, 'have the defects that were confirmed', () => {
    for (const [name, codes] of Object.entries(confirmed)) {
      const folder = join(REPOS as string, name);
      if (!existsSync(folder)) continue;
      const { findings } = checkTree(loadTree(folder).tree);
      const found = new Set(findings.map(({ code }) => code));
      expect([name, codes.filter((code) => !found.has(code))]).toEqual([name, []]);
      expect(findings.filter(({ severity }) => severity === 'error').length).toBeLessThan(MOST_ERRORS);
    }
  });
});
