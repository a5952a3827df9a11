import fc from 'fast-check';
import { buildGraph } from '../../../lib/graph/build-graph';
import { computeOrder } from '../../../lib/graph/order/compute-order';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../../graph/tree-of';
import type { Corpus } from '../corpus';
import { mutate } from '../mutate';
import type { Random } from '../random';
import { textOf, type Input, type Target } from '../target';
import { words } from '../words';

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      'c.yaml',
      '../base',
      'a',
      'c',
      'ConfigMap',
      '/data/a',
      'data.a',
      '[name=c]',
      '*',
      ...words,
    ),
    fc.constantFrom(null, true, 0, -1, 1.5),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('name', 'kind', 'path', 'value', ...words), tie('any'), { maxKeys: 4 }),
  ),
})).any;
const text = fc.constantFrom('c', 'x', 'data.a', '/data/a', 'ConfigMap', '(a|b)+', '${a}');
const operation = fc.record({
  op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test'),
  path: fc.constantFrom('/data/a', '/data/-', '/metadata', '', '/data/a/0', '/metadata/labels/a~1b'),
  from: fc.constantFrom('/data/a', '/data', '/metadata/name'),
  value,
});
const merge = fc.record({
  apiVersion: fc.constant('v1'),
  kind: text,
  metadata: value,
  data: value,
  $patch: text,
});
const patch = fc.record({
  patch: fc.oneof(fc.array(operation, { maxLength: 4 }), merge).map((content) => JSON.stringify(content)),
  target: fc.record({ kind: text, name: text, labelSelector: text }, { requiredKeys: [] }),
});
const place = fc.record({ kind: text, name: text, fieldPath: text, options: value }, { requiredKeys: [] });
const replacement = fc.record({
  source: place,
  targets: fc.array(fc.record({ select: place, fieldPaths: fc.array(text), options: value }), {
    maxLength: 2,
  }),
});

/** kustomization.yaml files whose fields are almost valid. */
const kustomization = fc.record(
  {
    patches: fc.array(patch, { maxLength: 3 }),
    replacements: fc.array(replacement, { maxLength: 2 }),
    components: fc.array(fc.constantFrom('../base', './', 'c.yaml', '..'), { maxLength: 2 }),
    images: fc.array(fc.record({ name: text, newName: text, newTag: value }), { maxLength: 2 }),
    configMapGenerator: fc.array(fc.record({ name: text, literals: value, behavior: text }), {
      maxLength: 2,
    }),
    labels: value,
    namePrefix: value,
    replicas: value,
    openapi: value,
  },
  { requiredKeys: [] },
);

const spec = fc.record(
  { patches: fc.array(patch), components: value, postBuild: value, images: value },
  { requiredKeys: [] },
);

/** What Flux and kustomize build from a folder with patches, components, replacements and substitution. */
export const kustomize: Target = {
  name: 'kustomize',
  input: (random, corpus): Input => ({
    'a/kustomization.yaml': kustomizationFile(random, corpus),
    'a/c.yaml': perhapsMutated(random, configMap('c', { a: '${x:=1}', b: 'v1' }), corpus),
    'base/kustomization.yaml': perhapsMutated(random, 'kind: Component\nresources: [../a/c.yaml]\n', corpus),
    'clusters/prod/a.yaml': Buffer.from(fluxKustomization('a', './a', fluxFields(random))),
  }),
  run: (input) => {
    const files = Object.keys(input).map((path) => [path, textOf(input, path)] as const);
    const graph = buildGraph(treeOf({ ...bootstrap, ...Object.fromEntries(files) }));
    for (const cluster of graph.clusters) computeOrder(graph, cluster);
    const fault = graph.findings.find(({ code }) => code === 'evaluation-failed');
    if (fault) throw new Error(fault.message);
  },
};

function kustomizationFile(random: Random, corpus: Corpus): Buffer {
  const generated = Buffer.from(JSON.stringify({ resources: ['c.yaml'], ...random.sample(kustomization) }));
  if (random.oneIn(2)) return generated;
  const source = random.oneIn(3) ? generated : random.pick(corpus.kustomizations);
  return mutate(source, random, random.pick(corpus.kustomizations));
}

function perhapsMutated(random: Random, file: string, { manifests }: Corpus): Buffer {
  const bytes = Buffer.from(file);
  return random.oneIn(3) ? mutate(bytes, random, random.pick(manifests)) : bytes;
}

function fluxFields(random: Random): string[] {
  return Object.entries(random.sample(spec)).map(
    ([field, content]) => `${field}: ${JSON.stringify(content)}`,
  );
}
