import { lines, resourceSet, type Files } from '../small-repositories';
import { configMap, fluxKustomization } from '../../graph/tree-of';

const map = (name: string, annotations = '', value = '1') =>
  [
    '- apiVersion: v1',
    '  kind: ConfigMap',
    `  metadata: { name: ${name}, namespace: flux-system, annotations: { ${annotations} } }`,
    `  data: { a: "${value}" }`,
  ].map((line) => `  ${line}`);
const one = (...resources: readonly string[]) => resourceSet('resources:', ...resources);
const other = (...resources: readonly string[]) => one(...resources).replace('name: set', 'name: other');
const owners = (files: Files) => lines('duplicate-owner', files);
const sets = (first: string, second: string): Files => ({ 'clusters/prod/sets.yaml': `${first}${second}` });
const [operatorKeeps, fluxKeeps] = ['fluxcd.controlplane.io', 'kustomize.toolkit.fluxcd.io'].map(
  (group) => `${group}/prune: disabled`,
);

describe('duplicate-owner of ResourceSets', () => {
  it('reports what two of them create', () => {
    expect(owners(sets(one(...map('x')), other(...map('x'))))).toEqual([
      expect.stringMatching(
        /^warning at clusters\/prod\/sets\.yaml:9:.*, clusters\/prod\/sets\.yaml:\d+:.* ConfigMap "flux-system\/x" is applied by the ResourceSets "flux-system\/set" and "flux-system\/other": if one of them no longer has it.* => keep it in one of them$/,
      ),
    ]);
    expect(owners(sets(one(...map('x')), other(...map('x', '', '2')))).join()).toContain('they differ');
  });

  it('reports what one of them creates, and a Kustomization applies', () => {
    const plain = configMap('x').replace('name: x', 'name: x\n  namespace: flux-system');
    const files = (spec: readonly string[] = [], text = plain) => ({
      'clusters/prod/set.yaml': one(...map('x')),
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', spec),
      'apps/x.yaml': text,
    });
    expect(owners(files())).toEqual([
      expect.stringContaining(
        'is applied by the ResourceSet "flux-system/set" and the Kustomization "flux-system/apps": they differ',
      ),
    ]);
    expect(owners(files(['suspend: true']))).toEqual([]);
    const yielding = 'metadata:\n  annotations: { kustomize.toolkit.fluxcd.io/ssa: IfNotPresent }';
    expect(owners(files([], plain.replace('metadata:', yielding)))).toEqual([]);
  });

  it('reports what the Kustomization of the ResourceSet applies itself', () => {
    const plain = configMap('x').replace('name: x', 'name: x\n  namespace: flux-system');
    const files = { 'clusters/prod/set.yaml': one(...map('x')), 'clusters/prod/x.yaml': plain };
    expect(owners(files)).toHaveLength(1);
  });

  it('ignores equal objects that the operator does not delete', () => {
    const kept = map('x', operatorKeeps);
    expect(owners(sets(one(...kept), other(...kept)))).toEqual([]);
    expect(owners(sets(one(...map('x', fluxKeeps)), other(...map('x', fluxKeeps))))).toHaveLength(1);
  });

  it('says that they undo each other only if a field is in both, or has the same manager', () => {
    const applied = (metadata: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, namespace: flux-system, ${metadata} }\n`;
    const files = (annotations: string, metadata: string) => ({
      'clusters/prod/set.yaml': one(...map('x', annotations)),
      'clusters/prod/x.yaml': applied(metadata),
    });
    const kept = `annotations: { ${fluxKeeps} }`;
    expect(owners(files('', kept))).toEqual([expect.stringContaining('no longer has it')]);
    expect(owners(files(`${operatorKeeps}`, kept))).toEqual([]);
    const contrary = kept.replace('}', ', a: b }');
    expect(owners(files(`${operatorKeeps}, a: b`, contrary))).toEqual([]);
    expect(owners(files(`${operatorKeeps}, a: c`, contrary))).toEqual([
      expect.stringContaining('they differ'),
    ]);
    expect(owners(sets(one(...map('x', 'a: b')), other(...map('x'))))).toEqual([
      expect.stringContaining('they differ'),
    ]);
  });

  it('ignores what one of them creates for several inputs, or for a path that is built twice', () => {
    expect(
      owners({ 'clusters/prod/set.yaml': resourceSet('inputs: [{}, {}]', 'resources:', ...map('x')) }),
    ).toEqual([]);
    const twice = {
      'clusters/prod/a.yaml': fluxKustomization('a', './apps'),
      'clusters/prod/b.yaml': fluxKustomization('b', './apps'),
      'apps/set.yaml': one(...map('x')),
    };
    expect(owners(twice)).toEqual([]);
    expect(lines('path-overlap', twice)).toEqual([expect.stringContaining('one object')]);
  });

  it('ignores different objects, and those of a ResourceSet that is disabled', () => {
    expect(owners(sets(one(...map('x')), other(...map('y'))))).toEqual([]);
    const off = other(...map('x')).replace(
      'namespace: flux-system }',
      'namespace: flux-system, annotations: { fluxcd.controlplane.io/reconcile: disabled } }',
    );
    expect(owners(sets(one(...map('x')), off))).toEqual([]);
  });
});
