import fc from 'fast-check';
import { buildGraph } from '../../lib/graph/build-graph';
import { computeOrder } from '../../lib/graph/order/compute-order';
import { bootstrap, configMap, fluxKustomization, treeOf } from './tree-of';

const kustomizationFields = [
  'resources',
  'components',
  'bases',
  'namespace',
  'namePrefix',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'commonLabels',
  'commonAnnotations',
  'labels',
  'images',
  'replicas',
  'replacements',
  'configurations',
  'helmCharts',
  'kind',
];
const specFields = [
  'path',
  'sourceRef',
  'dependsOn',
  'patches',
  'components',
  'images',
  'targetNamespace',
  'postBuild',
  'commonMetadata',
  'healthChecks',
  'kubeConfig',
  'decryption',
  'timeout',
  'interval',
];
const word = fc.constantFrom(
  'c.yaml',
  './',
  '..',
  'a',
  '',
  '${x}',
  '${',
  '/kind',
  '/metadata/name',
  'name',
  'ConfigMap',
  '*',
  '[',
  '(?i)a',
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    word,
    fc.constantFrom(null, true, 0, 1.5),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'name',
        'kind',
        'path',
        'patch',
        'target',
        'op',
        'value',
        'metadata',
        'spec',
        'literals',
        'source',
        'targets',
        'select',
        'fieldPaths',
        'pairs',
        'apiVersion',
        'labels',
        '$patch',
      ),
      tie('any'),
      { maxKeys: 4 },
    ),
  ),
})).any;

function fieldsOf(names: readonly string[]) {
  return fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 6 });
}

describe('any content of a repository', () => {
  it('gives a graph and an order, and never a crash', () => {
    fc.assert(
      fc.property(
        fieldsOf(kustomizationFields),
        fieldsOf(specFields),
        value,
        (kustomization, spec, document) => {
          const child = {
            apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
            kind: 'Kustomization',
            metadata: { name: 'x' },
            spec,
          };
          const graph = buildGraph(
            treeOf({
              ...bootstrap,
              'clusters/prod/a.yaml': fluxKustomization('a', './a'),
              'clusters/prod/child.yaml': JSON.stringify(child),
              'a/kustomization.yaml': JSON.stringify({ resources: ['c.yaml'], ...kustomization }),
              'a/c.yaml': configMap('c'),
              'a/odd.yaml': JSON.stringify(document),
            }),
          );
          for (const cluster of graph.clusters) computeOrder(graph, cluster);
          expect(graph.findings.map(({ code }) => code)).not.toContain('evaluation-failed');
        },
      ),
      { numRuns: 500 },
    );
  });
});
