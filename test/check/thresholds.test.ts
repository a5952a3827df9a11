import { checkTree } from '../../lib/check/check-tree';
import type { CheckConfig } from '../../lib/config/check-config';
import { fluxKustomization, bootstrap, configMap, treeOf } from '../graph/tree-of';

type Files = Readonly<Record<string, string>>;

function count(code: string, files: Files, settings: CheckConfig = {}): number {
  const { findings } = checkTree(treeOf({ ...bootstrap, ...files }), { settings });
  return findings.filter((finding) => finding.code === code).length;
}

/** A chain of Kustomizations, each waiting for the one before. */
function chain(length: number): Files {
  const names = Array.from({ length }, (_, index) => `k${index + 1}`);
  const texts = names.map((name, index) =>
    fluxKustomization(name, './apps', index === 0 ? [] : ['dependsOn:', `  - name: ${names[index - 1]}`]),
  );
  return { 'clusters/prod/chain.yaml': texts.join(''), 'apps/map.yaml': configMap('a') };
}

describe('chain-too-deep', () => {
  it.each([
    ['six by default', 6, {}, 0],
    ['seven by default', 7, {}, 1],
    ['three of three', 3, { chainDepth: 3 }, 0],
    ['four of three', 4, { chainDepth: 3 }, 1],
    ['one of one', 1, { chainDepth: 1 }, 0],
    ['two of one', 2, { chainDepth: 1 }, 1],
  ])('%s', (_name, length, settings, expected) => {
    expect(count('chain-too-deep', chain(length), settings)).toBe(expected);
  });
});

describe('retry-interval-default', () => {
  const interval = (text: string, ...spec: readonly string[]): Files => ({
    'clusters/prod/a.yaml': fluxKustomization('a', './apps', spec).replace(
      'interval: 10m',
      `interval: ${text}`,
    ),
    'apps/map.yaml': configMap('a'),
  });

  it.each([
    ['5m', 0],
    ['300s', 0],
    ['4m59s', 0],
    ['5m1s', 1],
    ['301s', 1],
    ['1h', 1],
    ['never', 0],
  ])('an interval of %s', (text, expected) => {
    expect(count('retry-interval-default', interval(text))).toBe(expected);
  });

  it('is not reported if a retryInterval is set', () => {
    expect(count('retry-interval-default', interval('1h', 'retryInterval: 1h'))).toBe(0);
  });
});

describe('timeout-too-short', () => {
  const waiting = (timeout: string, ...spec: readonly string[]): Files => ({
    'clusters/prod/a.yaml': fluxKustomization('a', './apps', ['wait: true', `timeout: ${timeout}`]),
    'apps/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: default }
spec:
  interval: 10m
  chartRef: { kind: OCIRepository, name: web, namespace: default }
${spec.map((line) => `  ${line}\n`).join('')}`,
  });

  it.each([
    ['5m', [], 0],
    ['4m59s', [], 1],
    ['10m', ['timeout: 10m'], 0],
    ['9m59s', ['timeout: 10m'], 1],
    ['2m', ['timeout: 2m'], 0],
    ['5m', ['timeout: 2m', 'upgrade: { timeout: 6m }'], 1],
    ['1m', ['suspend: true'], 0],
    ['never', [], 0],
  ])('a timeout of %s with a release with %j', (timeout, spec, expected) => {
    expect(count('timeout-too-short', waiting(timeout, ...spec))).toBe(expected);
  });

  it('is not reported if the Kustomization does not wait', () => {
    const entry = { 'clusters/prod/a.yaml': fluxKustomization('a', './apps', ['timeout: 1m']) };
    expect(count('timeout-too-short', { ...waiting('1m'), ...entry })).toBe(0);
  });
});

describe('crd-race', () => {
  const crd = [
    'apiVersion: apiextensions.k8s.io/v1',
    'kind: CustomResourceDefinition',
    'metadata: { name: things.acme.io }',
    'spec: { group: acme.io, scope: Namespaced, names: { kind: Thing, plural: things }, versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }] }',
    '',
  ].join('\n');

  /** Kustomizations with custom resources, some of which do not wait for the CRD. */
  function users(all: number, racing: number): Files {
    const files: Record<string, string> = {
      'clusters/prod/crds.yaml': fluxKustomization('crds', './crds', ['wait: true']),
      'crds/crd.yaml': crd,
    };
    for (let index = 0; index < all; index += 1) {
      const spec = index < racing ? [] : ['dependsOn:', '  - name: crds'];
      files[`clusters/prod/u${index}.yaml`] = fluxKustomization(`u${index}`, `./u${index}`, spec);
      files[`u${index}/thing.yaml`] =
        `apiVersion: acme.io/v1\nkind: Thing\nmetadata: { name: t${index}, namespace: default }\n`;
    }
    return files;
  }

  it.each([
    ['one of one', 1, 1, 1],
    ['four of four, each with a finding', 4, 4, 4],
    ['five of five, as one habit', 5, 5, 1],
    ['five of ten, which is not most', 10, 5, 5],
    ['six of eleven, as one habit', 11, 6, 1],
    ['none', 3, 0, 0],
  ])('%s', (_name, all, racing, expected) => {
    expect(count('crd-race', users(all, racing))).toBe(expected);
  });
});
