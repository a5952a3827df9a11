import { checkTree } from '../../../lib/check/check-tree';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../tree-of';

/** The findings of `check`, as `severity code file:line`. */
function found(files: Readonly<Record<string, string>>): string[] {
  const { findings } = checkTree(treeOf({ ...bootstrap, ...files }), { objects: () => false });
  return findings
    .filter(({ code }) => /variable|substitution/.test(code))
    .map(({ severity, code, locations: [at] }) => `${severity} ${code} ${at?.file}:${at?.line}`);
}

/** An app with its own variables. */
const app = (variables: string, data: Readonly<Record<string, string>>) => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [
    'retryInterval: 1m',
    `postBuild: {substitute: ${variables}}`,
  ]),
  'apps/c.yaml': configMap('c', data),
});

describe('values that YAML misreads', () => {
  it.each([
    ['fails on a value that breaks the YAML', '{X: "*/5 * * * *"}', '${X}', 'error substitution-failed'],
    ['fails on a quote within a quoted text', `{X: "it's"}`, 'a: ${X}', 'error substitution-failed'],
    ['reports a value that ends at a comment', '{X: "nightly #1"}', '${X}', 'warning variable-misread'],
    ['reports a value that becomes a map', '{X: "{a: b}", Y: ""}', '${X}${Y}', 'warning variable-misread'],
  ])('%s', (_, variables, text, expected) => {
    expect(found(app(variables, { a: 'b', k: text }))).toEqual([`${expected} apps/c.yaml:8`]);
  });

  it.each([
    ['a value with quotes of its own', `{X: '"*/5 * * * *"'}`, '${X}'],
    ['quotes of a variable around another', `{Q: '"', X: "1"}`, '${Q}${X}${Q}'],
    ['a list in brackets', '{X: "[a, b]"}', '${X}'],
    ['numbers, booleans and nothing', '{X: "1", Y: ""}', '${X}${Y}'],
    ['spaces at the end', '{X: "a "}', '${X}'],
    ['what stands in a block', '{X: "a: #b"}', 'l1\n${X}\n'],
  ])('accepts %s as meant', (_, variables, text) => {
    expect(found(app(variables, { k: text }))).toEqual([]);
  });
});

describe('names of variables', () => {
  it.each(['my-var', '1a', 'a.b', 'ä'])('fails on %s, used or not', (name) => {
    expect(found(app(`{${name}: x}`, { k: 'v' }))).toEqual([
      'error variable-invalid clusters/prod/apps.yaml:15',
    ]);
  });

  it('fails on a name in a ConfigMap of substituteFrom', () => {
    const files = {
      ...app('{A: x}', { k: 'v' }),
      'clusters/prod/vars.yaml': configMap('vars', { 'a-b': '1', OK: '2' }).replace(
        'name: vars',
        'name: vars\n  namespace: flux-system',
      ),
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [
        'retryInterval: 1m',
        'postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}',
      ]),
    };
    expect(found(files)).toEqual(['error variable-invalid clusters/prod/apps.yaml:15']);
  });

  it('accepts any name if no object is involved', () => {
    const files = app('{a-b: x}', { k: 'v' });
    const optedOut = files['apps/c.yaml'].replace(
      'name: c',
      'name: c\n  annotations: {kustomize.toolkit.fluxcd.io/substitute: disabled}',
    );
    expect(found({ ...files, 'apps/c.yaml': optedOut })).toEqual([]);
  });
});

describe('variables that nothing defines', () => {
  it.each(['${Y%a}', '${#Y}', '${Y:0:3}', '${1}', '${Y/a/b}'])('fails on %s', (text) => {
    expect(found(app('{X: x}', { k: text }))).toEqual(['error variable-undefined apps/c.yaml:7']);
  });

  it('fails on a variable in a default that is not needed', () => {
    expect(found(app('{X: x}', { k: '${X:-${Y}}' }))).toEqual(['error variable-undefined apps/c.yaml:5']);
  });

  it.each(['${Y:-d}', '${Y:=}', '${Y:+d}', '$${Y}', '$Y'])('accepts %s', (text) => {
    expect(found(app('{X: x}', { k: text }))).toEqual([]);
  });

  it('warns if Flux is older than 2.9, or its gate is off', () => {
    const settings = (version: string, args: string) => ({
      ...app('{X: x}', { k: '${Y}' }),
      'clusters/prod/flux-system/gotk-components.yaml': ['source-controller', 'kustomize-controller']
        .map((name) =>
          [
            '---',
            'apiVersion: apps/v1',
            'kind: Deployment',
            `metadata: {name: ${name}, namespace: flux-system, labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/version: ${version}}}`,
            `spec: {template: {spec: {containers: [{name: manager, args: [${args}]}]}}}`,
            '',
          ].join('\n'),
        )
        .join(''),
    });
    const [undefinedOf29] = found(settings('v2.9.5', ''));
    expect(undefinedOf29).toMatch(/^error /);
    expect(found(settings('v2.8.1', ''))[0]).toMatch(/^warning /);
    expect(found(settings('v2.9.5', '--feature-gates=StrictPostBuildSubstitutions=false'))[0]).toMatch(
      /^warning /,
    );
    expect(
      found(settings('v2.8.1', '"--feature-gates=A=false,StrictPostBuildSubstitutions=true"'))[0],
    ).toMatch(/^error /);
  });
});
