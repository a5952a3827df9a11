import { isAlmostFluxGroup, isFluxGroup } from '../kinds/groups';
import { apiGroup } from '../tree/manifest';
import { compareVersions, fluxKinds, fluxVersions } from './flux-kinds';
import { isKubernetesGroup, kubernetesKinds, kubernetesVersion } from './kubernetes-kinds';
import { isSimilar, nearestHint } from '../findings/nearest-name';
import type { Report } from './report';

/**
 * The version of Flux that no longer serves an API version (https://fluxcd.io/flux/releases/). An API version that is
 * neither here nor in the schemas never existed.
 */
const REMOVED: readonly (readonly [RegExp, string])[] = [
  [/^(source|kustomize|notification|image)\.toolkit\.fluxcd\.io\/v1(alpha\d|beta1)$/, '2.7'],
  [/^helm\.toolkit\.fluxcd\.io\/v2(alpha\d|beta1)$/, '2.7'],
  [/^(source|kustomize)\.toolkit\.fluxcd\.io\/v1beta2$/, '2.8'],
  [/^helm\.toolkit\.fluxcd\.io\/v2beta2$/, '2.8'],
  [/^(image|notification)\.toolkit\.fluxcd\.io\/v1beta2$/, '2.9'],
];

/** Says what is wrong with an apiVersion and kind for which there is no schema; often nothing is. */
export function checkUnknownKind(apiVersion: string, kind: string, report: Report): void {
  const group = apiGroup(apiVersion);
  if (isFluxGroup(group)) checkFlux(apiVersion, kind, report);
  else if (isKubernetesGroup(group)) checkKubernetes(apiVersion, kind, report);
  else checkMistypedGroup(group, kind, report);
}

/** A file of kustomize that is sent to the API server: often a Kustomization of Flux with the wrong group. */
export function checkKustomizeFile({ kind, spec }: Readonly<Record<string, unknown>>, report: Report): void {
  const served = fluxKinds(report.options.fluxVersion).find((key) => kindOf(key) === kind);
  const isFlux = served !== undefined && spec !== undefined;
  report.add(
    {
      code: 'kind-unknown',
      message: `this is a file for kustomize, not an object: no cluster has the API group "kustomize.config.k8s.io", so Flux applies neither this nor anything built with it`,
      hint: isFlux
        ? `use ${apiVersionOf(served)}`
        : 'if a kustomization lists this file, list its folder instead; if none does, name it "kustomization.yaml", as kustomize reads no other name',
    },
    'apiVersion',
  );
}

function checkFlux(apiVersion: string, kind: string, report: Report): void {
  const version = report.options.fluxVersion?.replace(/^v/, '') ?? fluxVersions.at(-1)!;
  const removed = REMOVED.find(([pattern]) => pattern.test(apiVersion))?.[1];
  const served = fluxKinds(version).filter((key) => kindOf(key) === kind);
  const sameGroup = served.find((key) => apiGroup(apiVersionOf(key)) === apiGroup(apiVersion));
  if (removed !== undefined && sameGroup !== undefined) {
    if (compareVersions(version, removed) >= 0)
      addRemoved(apiVersion, sameGroup, `removed in Flux ${removed}`, report);
    return;
  }
  if (sameGroup !== undefined || served.length > 0) {
    addWrongVersion(`${apiVersion} has no kind ${JSON.stringify(kind)}`, sameGroup ?? served[0]!, report);
    return;
  }
  const hint = nearestHint(kind, fluxKinds(version).map(kindOf), 'use a kind that this version of Flux has');
  addUnknown(`Flux ${version} has no kind ${JSON.stringify(kind)}`, hint, report);
}

function checkKubernetes(apiVersion: string, kind: string, report: Report): void {
  // Alpha kinds are served if the cluster enables them; lists are split before they are applied.
  if (kind.endsWith('List') || /alpha\d+$/.test(apiVersion)) return;
  const group = apiGroup(apiVersion);
  const sameKind = kubernetesKinds().filter((key) => kindOf(key) === kind);
  const stable = newest(sameKind.filter((key) => apiGroup(apiVersionOf(key)) === group)) ?? sameKind[0];
  const message = `Kubernetes ${kubernetesVersion()} has no kind ${JSON.stringify(kind)} in ${JSON.stringify(apiVersion)}`;
  if (stable !== undefined) {
    if (/beta\d+$/.test(apiVersion) || group === 'extensions')
      addRemoved(apiVersion, stable, 'no longer served', report);
    else addWrongVersion(message, stable, report);
    return;
  }
  // Other systems use files of this form, without their own group.
  if (group === '' && apiVersion !== 'v1') return;
  const kinds = kubernetesKinds()
    .filter((key) => apiGroup(apiVersionOf(key)) === group)
    .map(kindOf);
  addUnknown(message, nearestHint(kind, kinds, 'remove it'), report);
}

/** Of the versions of a kind, the stable one with the highest number: its fields are those of the last beta. */
function newest(keys: readonly string[]): string | undefined {
  const rank = (key: string) => {
    const [, major = '0', beta] = /\/v(\d+)(alpha|beta)?[^/]*\/[^/]+$/.exec(`/${key}`) ?? [];
    return Number(major) - (beta === undefined ? 0 : 1000);
  };
  return [...keys].sort((a, b) => rank(b) - rank(a))[0];
}

/** A Flux kind in a group that is almost one of Flux's. */
function checkMistypedGroup(group: string, kind: string, report: Report): void {
  const served = fluxKinds(report.options.fluxVersion).filter((key) => kindOf(key) === kind);
  const groups = served.map((key) => apiGroup(apiVersionOf(key)));
  const isMistyped = isAlmostFluxGroup(group) || groups.some((one) => isSimilar(group, one));
  if (served.length === 0 || group.startsWith('kustomize.config.') || !isMistyped) return;
  addWrongVersion(`unknown API group ${JSON.stringify(group)}`, served[0]!, report);
}

function addRemoved(apiVersion: string, key: string, what: string, report: Report): void {
  report.add(
    {
      code: 'removed-api',
      got: JSON.stringify(apiVersion),
      message: `${apiVersion} of ${kindOf(key)} is ${what}`,
      hint: `use ${apiVersionOf(key)}`,
    },
    'apiVersion',
  );
}

/** A kind that another group or version has. */
function addWrongVersion(message: string, key: string, report: Report): void {
  report.add({ code: 'kind-unknown', message, hint: `use ${apiVersionOf(key)}` }, 'apiVersion');
}

function addUnknown(message: string, hint: string, report: Report): void {
  report.add({ code: 'kind-unknown', message, hint }, 'kind');
}

function kindOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

function apiVersionOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}
