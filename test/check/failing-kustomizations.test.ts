import { failingKustomizations } from '../../lib/check/failing-kustomizations';
import { computeOrder } from '../../lib/graph/order/compute-order';
import { configMap, fluxKustomization } from '../graph/tree-of';
import { contextOf } from './small-repositories';

const substitute = ['postBuild: { substitute: { A: "1" } }'];

/** What never becomes ready if a Kustomization applies a text. */
function failing(value: string, spec = substitute, more = {}) {
  const context = contextOf({
    'clusters/prod/apps.yaml':
      fluxKustomization('apps', './apps', spec) +
      fluxKustomization('late', './late', ['dependsOn: [{ name: apps }]']),
    'apps/a.yaml': configMap('a', { k: value }),
    'late/b.yaml': configMap('b'),
    ...more,
  });
  const told = failingKustomizations(context, { name: 'prod' });
  const order = computeOrder(context.graph, 'prod', { failing: told });
  return [[...told], order.blocked.map(({ id }) => id)];
}

const apps = 'Kustomization/flux-system/apps';

it.each([
  ['a text', 'x ${B}'],
  ['a script', '#!/bin/sh\necho ${B}\n'],
])('a build with an undefined variable in %s is refused, and blocks what waits for it', (_, value) => {
  expect(failing(value)).toEqual([[[apps, 'build-refused']], ['Kustomization/flux-system/late']]);
});

it.each([
  ['that is defined', '${A}', substitute],
  ['with a default', '${B:=2}', substitute],
  ['that Flux leaves', '${B}', []],
  [
    'that may be defined elsewhere',
    '${B}',
    ['postBuild: { substituteFrom: [{ kind: Secret, name: gone }] }'],
  ],
])('a variable %s refuses no build', (_, value, spec) => {
  expect(failing(value, spec)).toEqual([[], []]);
});

it('an undefined variable refuses no build of a Flux that puts nothing in its place', () => {
  const components = '---\n# Flux Version: v2.8.0\n# Components: source-controller,kustomize-controller\n';
  expect(
    failing('x ${B}', substitute, { 'clusters/prod/flux-system/gotk-components.yaml': components }),
  ).toEqual([[], []]);
});

it('is one of its cluster', () => {
  const context = contextOf({ 'apps/a.yaml': configMap('a', { k: '${B}' }) });
  expect([...failingKustomizations(context, { name: 'other' })]).toEqual([]);
});
