import { isFluxGroup } from '../../kinds/groups';
import type { Report } from '../report';
import { healthAndReadiness, providerExpression, receiverExpressions } from './cel-expressions';
import { commitTemplate } from './commit-template';
import { dependencyOnItself } from './dependency-on-itself';
import { bucketEndpoint, providerAddress } from './endpoint';
import { githubApp } from './git-credentials';
import { gitScheme, gitUrl } from './git-url';
import { helmRepositoryUrl } from './helm-repository-url';
import { helmValues } from './helm-values';
import { precedenceAt } from './ignored-fields';
import { imageAt, ociUrl } from './image-name';
import { imagePolicyChoice } from './image-policy-choice';
import { ingressNeeds } from './ingress-needs';
import { labelValueName } from './label-value-name';
import type { ObjectRule } from './object-rule';
import { partNames } from './part-names';
import { podTemplate } from './pod-template';
import { providerNeeds } from './provider-needs';
import { regexesAt, selectorsAt } from './regular-expressions';
import { storageNeeds } from './storage-needs';
import { storeReferences } from './store-references';
import { tagGroups } from './tag-groups';
import { workloadName } from './workload-name';
import { chartVersionAt, rangesAt } from './version-ranges';

const VERIFY = ['spec.verify.matchOIDCIdentity[].issuer', 'spec.verify.matchOIDCIdentity[].subject'];

const RULES: Readonly<Record<string, readonly ObjectRule[]>> = {
  Kustomization: [
    labelValueName,
    dependencyOnItself,
    healthAndReadiness,
    selectorsAt('spec.patches[].target', 'spec.ignore[].target'),
  ],
  HelmRelease: [
    labelValueName,
    dependencyOnItself,
    helmValues,
    healthAndReadiness,
    chartVersionAt('spec.chart.spec'),
    selectorsAt('spec.postRenderers[].kustomize.patches[].target', 'spec.driftDetection.ignore[].target'),
  ],
  HelmChart: [chartVersionAt('spec'), regexesAt(...VERIFY)],
  HelmRepository: [helmRepositoryUrl],
  OCIRepository: [
    ociUrl,
    precedenceAt('spec.ref', 'oci'),
    rangesAt('spec.ref.semver'),
    regexesAt('spec.ref.semverFilter', ...VERIFY),
  ],
  GitRepository: [gitUrl, githubApp, precedenceAt('spec.ref', 'git'), rangesAt('spec.ref.semver')],
  ImagePolicy: [
    imagePolicyChoice,
    precedenceAt('spec.policy', 'policy'),
    rangesAt('spec.policy.semver.range'),
    regexesAt('spec.filterTags.pattern'),
    tagGroups,
  ],
  Bucket: [bucketEndpoint],
  ImageRepository: [imageAt('spec.image'), regexesAt('spec.exclusionList[]')],
  ImageUpdateAutomation: [
    commitTemplate,
    precedenceAt('spec.git.checkout.ref', 'git'),
    rangesAt('spec.git.checkout.ref.semver'),
  ],
  Alert: [regexesAt('spec.exclusionList[]', 'spec.inclusionList[]')],
  Provider: [providerExpression, providerNeeds, providerAddress],
  Receiver: [receiverExpressions],
};

/** Rules that hold only for the API versions whose schemas are known; all others concern what no version changed. */
const OF_KNOWN_VERSIONS: ReadonlySet<ObjectRule> = new Set([commitTemplate]);

function rulesOf(kind: string): readonly ObjectRule[] {
  return Object.hasOwn(RULES, kind) ? (RULES[kind] ?? []) : [];
}

/** Applies what controllers, of Flux and of Kubernetes, ask of a kind beyond its schema. */
export function applyRules(
  group: string,
  kind: string,
  object: Readonly<Record<string, unknown>>,
  report: Report,
): void {
  if (!isFluxGroup(group)) {
    workloadName(group, kind)?.(object, report);
    podTemplate(group, kind)?.(object, report);
    partNames(group, kind)?.(object, report);
    storageNeeds(group, kind)?.(object, report);
    ingressNeeds(group, kind)?.(object, report);
    return;
  }
  for (const rule of rulesOf(kind)) rule(object, report);
}

/** Applies what controllers of all versions ask of a kind in an API version whose schema is not known. */
export function applyOldRules(
  group: string,
  kind: string,
  object: Readonly<Record<string, unknown>>,
  report: Report,
): void {
  if (group === 'external-secrets.io' && kind === 'SecretStore') storeReferences(object, report);
  if (!isFluxGroup(group)) return;
  // The schemas of known versions say this of the URL.
  if (kind === 'GitRepository') gitScheme(object, report);
  for (const rule of rulesOf(kind)) if (!OF_KNOWN_VERSIONS.has(rule)) rule(object, report);
}
