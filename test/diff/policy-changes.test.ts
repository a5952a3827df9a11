import type { Project } from '../../lib/config/project';
import { policyChanges } from '../../lib/diff/policy-changes';
import { project as plainProject } from './pair-of-trees';

const project = (settings: Partial<Project>): Project => ({ ...plainProject, ...settings });
const allowed = (code: string, reason = 'known') => ({ code, object: 'Secret/apps/web', reason });
const changes = (before: Partial<Project>, after: Partial<Project>) =>
  policyChanges(project(before), project(after));

describe('changes of the policy', () => {
  it.each<[string, Partial<Project>, Partial<Project>, string, string]>([
    [
      'an allowance more',
      {},
      { allow: [allowed('crd-missing')] },
      'allow["crd-missing Secret/apps/web"]',
      'less',
    ],
    [
      'an allowance less',
      { allow: [allowed('crd-missing')] },
      {},
      'allow["crd-missing Secret/apps/web"]',
      'more',
    ],
    [
      'a rule that is off',
      {},
      { check: { rules: { 'crd-missing': 'off' } } },
      'check.rules.crd-missing',
      'less',
    ],
    [
      'a rule that is worse',
      { check: { rules: { 'crd-missing': 'info' } } },
      { check: { rules: { 'crd-missing': 'error' } } },
      'check.rules.crd-missing',
      'more',
    ],
    [
      'a rule as bad as it is',
      {},
      { check: { rules: { 'dependency-cycle': 'error' } } },
      'check.rules.dependency-cycle',
      'differently',
    ],
    ['a longer chain', {}, { check: { chainDepth: 7 } }, 'check.chainDepth', 'less'],
    [
      'a shorter chain',
      { check: { chainDepth: 7 } },
      { check: { chainDepth: 6 } },
      'check.chainDepth',
      'more',
    ],
    ['the default in words', {}, { check: { chainDepth: 6 } }, 'check.chainDepth', 'differently'],
    [
      'a group from elsewhere',
      {},
      { check: { providedGroups: ['a.b'] } },
      'check.providedGroups[a.b]',
      'less',
    ],
    [
      'a group of one cluster',
      {},
      { check: { clusters: { prod: { providedGroups: ['a.b'] } } } },
      'check.clusters.prod.providedGroups[a.b]',
      'less',
    ],
    [
      'a version of Flux',
      { check: { fluxVersion: '2.8' } },
      { check: { fluxVersion: '2.9' } },
      'check.fluxVersion',
      'differently',
    ],
    [
      'where Flux starts',
      { entries: ['clusters/a'] },
      {},
      'entries[clusters/a]',
      'all entry paths in the repository are checked',
    ],
    ['a cluster less', { entries: ['a', 'b'] }, { entries: ['a'] }, 'entries[b]', 'no longer checked'],
    ['a cluster more', { entries: ['a'] }, { entries: ['a', 'b'] }, 'entries[b]', 'is checked too'],
    ['the first list', {}, { entries: ['a'] }, 'entries[a]', 'only the listed entry paths'],
    ['a switch', { sopsRules: true }, {}, 'sopsRules', 'differently'],
    [
      'the folder',
      { namesOutput: true, output: 'a' },
      { namesOutput: true, output: 'b' },
      'output',
      'differently',
    ],
  ])('tell %s', (_, before, after, path, effect) => {
    const found = changes(before, after);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ class: 'policy-changed', location: { file: 'cdk8s-flux.yaml' } });
    expect(found[0]?.fields.map((field) => field.path)).toEqual([path]);
    expect(found[0]?.message).toContain(effect);
    expect(found[0]?.hint !== undefined).toBe(/less|no longer|only/.test(effect));
  });

  it('have the values of both sides', () => {
    const found = changes({ check: { chainDepth: 7 } }, { check: { chainDepth: 9 } });
    expect(found[0]).toMatchObject({
      fields: [{ path: 'check.chainDepth', before: 7, after: 9 }],
      message: 'check.chainDepth changes: less is reported than before',
    });
  });

  it('are one for each setting', () => {
    const found = changes(
      {},
      { check: { chainDepth: 9, rules: { 'crd-missing': 'off' } }, entries: ['a', 'b'] },
    );
    expect(found.map(({ fields }) => fields[0]?.path)).toEqual([
      'check.chainDepth',
      'check.rules.crd-missing',
      'entries[a]',
      'entries[b]',
    ]);
  });

  it('include a changed reason, and an allowance that is written twice', () => {
    expect(
      changes({ allow: [allowed('crd-missing')] }, { allow: [allowed('crd-missing', 'other')] }),
    ).toHaveLength(1);
    const once = { allow: [allowed('crd-missing')] };
    expect(changes(once, { allow: [allowed('crd-missing'), allowed('crd-missing')] })).toHaveLength(1);
  });

  it('do not exist if the settings are in another order, or the project is in another folder', () => {
    const before = { root: '/a', configFile: '/a/cdk8s-flux.yaml', entries: ['a', 'b'] };
    expect(changes(before, { root: '/b', output: 'elsewhere', entries: ['b', 'a'] })).toEqual([]);
  });
});

describe('the limit of a rollout', () => {
  it.each([
    [3, 5, 'less is reported'],
    [3, undefined, 'less is reported'],
    ['25%', '50%', 'less is reported'],
    [5, 3, 'more is reported'],
    [undefined, 3, 'more is reported'],
    [3, '25%', 'differently'],
  ])('from %s to %s shows whether it becomes looser', (before, after, told) => {
    const [change] = policyChanges(
      project({ rollout: before === undefined ? {} : { maxClusters: before } }),
      project({ rollout: after === undefined ? {} : { maxClusters: after } }),
    );
    expect(change?.message).toContain(told);
  });
});
