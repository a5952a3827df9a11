import { buildPicture } from '../../lib/draw/build-picture';
import type { Picture, PictureNode } from '../../lib/draw/picture';
import { buildGraph } from '../../lib/graph/build-graph';
import { fluxKustomization, graphOf, treeOf } from '../graph/tree-of';

/** A HelmRelease with its repository and a Secret for values, as YAML. */
export const release = `
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: charts, namespace: shop }
spec: { interval: 1h, url: https://charts.example.com }
---
apiVersion: v1
kind: Secret
metadata:
  name: values
  namespace: shop
  annotations: { kubectl.kubernetes.io/last-applied-configuration: '{"data":"hunter2"}' }
stringData: { password: hunter2 }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: shop, namespace: shop }
spec:
  interval: 1h
  chart: { spec: { chart: shop, sourceRef: { kind: HelmRepository, name: charts } } }
  valuesFrom: [{ kind: Secret, name: values }]
`;

/** Infrastructure in a layer, and an application that waits for it. */
export const shop: Readonly<Record<string, string>> = {
  'clusters/prod/infra.yaml':
    fluxKustomization('controllers', './infrastructure/controllers', ['wait: true']) +
    fluxKustomization('configs', './infrastructure/configs', ['dependsOn: [{ name: controllers }]']),
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ['dependsOn: [{ name: configs }]']),
  'infrastructure/controllers/a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
  'infrastructure/configs/a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: other }\n',
  'apps/shop.yaml': release,
};

/** Two Kustomizations that wait for each other, and one that waits for a missing one. */
export const broken: Readonly<Record<string, string>> = {
  'clusters/prod/loop.yaml':
    fluxKustomization('a', './a', ['dependsOn: [{ name: b }]']) +
    fluxKustomization('b', './b', ['dependsOn: [{ name: a }]']),
  'clusters/prod/lonely.yaml': fluxKustomization('lonely', './a', ['dependsOn: [{ name: nowhere }]']),
  'a/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: a }\n',
  'b/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b, namespace: b }\n',
};

/** Alerts with a Provider and a Secret each, with one name or different ones. */
export function alerts(count: number): Readonly<Record<string, string>> {
  const texts = Array.from({ length: count }, (_, index) =>
    [
      'apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Provider',
      `metadata: { name: chat, namespace: team-${index} }`,
      'spec: { type: slack, secretRef: { name: chat } }\n---',
      'apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Alert',
      `metadata: { name: alert-${index}, namespace: team-${index} }`,
      "spec: { providerRef: { name: chat }, eventSources: [{ kind: Kustomization, name: '*' }] }\n---",
    ].join('\n'),
  );
  return { 'apps/alerts.yaml': texts.join('\n') };
}

/** A picture of clusters that share one Kustomization; the last one of their own differs. */
export function clustersPicture(count: number): Picture {
  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: a }\n';
  const files: Record<string, string> = { 'apps/shop.yaml': release, 'own/a.yaml': map, 'other/a.yaml': map };
  const names = Array.from({ length: count }, (_, index) => `c${index}`);
  for (const name of names) {
    const path = name === names.at(-1) ? './other' : './own';
    files[`clusters/${name}/all.yaml`] = fluxKustomization('apps', './apps') + fluxKustomization('own', path);
  }
  const entries = names.map((name) => `clusters/${name}`);
  return buildPicture(buildGraph(treeOf(files), { entries }));
}

/** The picture of a bootstrapped repository with these files. */
export function pictureOf(files: Readonly<Record<string, string>>): Picture {
  return buildPicture(graphOf(files).graph);
}

/** A node of a picture's first cluster. */
export function nodeOf({ clusters }: Picture, id: string): PictureNode {
  const node = clusters[0]?.nodes.find((found) => found.id === id);
  if (!node) throw new Error(`there is no node ${id} among ${clusters[0]?.nodes.map((found) => found.id)}`);
  return node;
}

/** The id of a Kustomization in `flux-system`. */
export function kustomization(name: string): string {
  return `Kustomization/flux-system/${name}`;
}

/**
 * A picture of this many Kustomizations in few waves, each of which waits for others, and of this many HelmReleases.
 */
export function largePicture(kustomizations: number, dependencies: number, releases = 0): Picture {
  const kustomize = Array.from({ length: kustomizations }, (_, index) => {
    const first = Math.floor(index / 5);
    const names = Array.from({ length: dependencies }, (_, next) => `app-${Math.max(first - next, 0)}`);
    const list = [...new Set(names)].map((name) => `{ name: ${name} }`).join(', ');
    const path = `./apps/team-${index % 8}/app-${index}`;
    return fluxKustomization(`app-${index}`, path, index > 0 ? [`dependsOn: [${list}]`] : []);
  });
  const files = Array.from({ length: releases }, (_, index): [string, string] => [
    `apps/team-${index % 8}/app-${index}/app.yaml`,
    release.replaceAll('namespace: shop', `namespace: shop-${index}`),
  ]);
  return pictureOf({ 'clusters/prod/all.yaml': kustomize.join(''), ...Object.fromEntries(files) });
}
