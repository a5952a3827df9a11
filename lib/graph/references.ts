import type { ManifestObject } from '../tree/manifest';
import { apiGroup } from '../tree/manifest';
import type { EdgeKind } from './graph';
import {
  groupOfKind,
  HELM_GROUP,
  IMAGE_GROUP,
  KUSTOMIZE_GROUP,
  NOTIFICATION_GROUP,
  OPERATOR_GROUP,
  SOURCE_EXTENSIONS_GROUP,
  SOURCE_GROUP,
} from './kinds';
import { isMap, listOf, mapOf, textOf, valueAt } from '../plain/plain-data';

/** A reference from a Flux object to another object. */
export interface Reference {
  readonly kind: EdgeKind;
  readonly field: string;
  readonly optional: boolean;
  /** The group, kind, namespace and name of the other object. */
  readonly target: {
    readonly group: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
}

/** A field that refers, and how its content is read. */
interface ReferenceField {
  readonly edge: EdgeKind;
  /** The keys to the reference, or to a list of them. */
  readonly path: string;
  /** The kind of the other object; taken from the reference itself where not given. */
  readonly targetKind?: string;
  /** Whether the value itself is the name. */
  readonly plainName?: boolean;
}

const secretRef = (path: string): ReferenceField => ({ edge: 'secret', path, targetKind: 'Secret' });
const serviceAccount: ReferenceField = {
  edge: 'service-account',
  path: 'spec.serviceAccountName',
  targetKind: 'ServiceAccount',
  plainName: true,
};
const kubeConfig: readonly ReferenceField[] = [
  secretRef('spec.kubeConfig.secretRef'),
  { edge: 'config-map', path: 'spec.kubeConfig.configMapRef', targetKind: 'ConfigMap' },
];
const credentials = [
  'spec.secretRef',
  'spec.certSecretRef',
  'spec.proxySecretRef',
  'spec.verify.secretRef',
].map(secretRef);

/** The references of each Flux kind, by `group/kind`. */
const fieldsOf: ReadonlyMap<string, readonly ReferenceField[]> = new Map<string, readonly ReferenceField[]>([
  [
    `${KUSTOMIZE_GROUP}/Kustomization`,
    [
      { edge: 'depends-on', path: 'spec.dependsOn', targetKind: 'Kustomization' },
      { edge: 'source', path: 'spec.sourceRef' },
      secretRef('spec.decryption.secretRef'),
      ...kubeConfig,
      { edge: 'substitute-from', path: 'spec.postBuild.substituteFrom' },
      { edge: 'health-check', path: 'spec.healthChecks' },
      serviceAccount,
    ],
  ],
  [
    `${HELM_GROUP}/HelmRelease`,
    [
      { edge: 'depends-on', path: 'spec.dependsOn', targetKind: 'HelmRelease' },
      { edge: 'source', path: 'spec.chart.spec.sourceRef' },
      { edge: 'chart', path: 'spec.chartRef' },
      { edge: 'values-from', path: 'spec.valuesFrom' },
      secretRef('spec.chart.spec.verify.secretRef'),
      ...kubeConfig,
      serviceAccount,
    ],
  ],
  [
    `${SOURCE_GROUP}/GitRepository`,
    [...credentials, { edge: 'source', path: 'spec.include', targetKind: 'GitRepository' }, serviceAccount],
  ],
  ...['OCIRepository', 'HelmRepository', 'Bucket'].map((kind): [string, ReferenceField[]] => [
    `${SOURCE_GROUP}/${kind}`,
    [...credentials, serviceAccount],
  ]),
  [
    `${SOURCE_GROUP}/HelmChart`,
    [{ edge: 'source', path: 'spec.sourceRef' }, secretRef('spec.verify.secretRef')],
  ],
  [`${IMAGE_GROUP}/ImageRepository`, [...credentials, serviceAccount]],
  [
    `${IMAGE_GROUP}/ImagePolicy`,
    [{ edge: 'image', path: 'spec.imageRepositoryRef', targetKind: 'ImageRepository' }],
  ],
  [
    `${IMAGE_GROUP}/ImageUpdateAutomation`,
    [{ edge: 'source', path: 'spec.sourceRef' }, secretRef('spec.git.commit.signingKey.secretRef')],
  ],
  [
    `${NOTIFICATION_GROUP}/Alert`,
    [
      { edge: 'provider', path: 'spec.providerRef', targetKind: 'Provider' },
      { edge: 'event-source', path: 'spec.eventSources' },
    ],
  ],
  [`${NOTIFICATION_GROUP}/Provider`, credentials],
  [
    `${NOTIFICATION_GROUP}/Receiver`,
    [secretRef('spec.secretRef'), { edge: 'receiver', path: 'spec.resources' }],
  ],
  [`${SOURCE_EXTENSIONS_GROUP}/ArtifactGenerator`, [{ edge: 'source', path: 'spec.sources' }]],
  [`${OPERATOR_GROUP}/ResourceSet`, [{ edge: 'depends-on', path: 'spec.dependsOn' }, serviceAccount]],
]);

/** The references of a Flux object. Those by label or with `*` for a name are left out: they name no single object. */
export function referencesOf(object: ManifestObject): Reference[] {
  const fields = fieldsOf.get(`${apiGroup(object.apiVersion)}/${object.kind}`) ?? [];
  const namespace = textOf(object.metadata?.namespace) ?? '';
  return fields.flatMap((field) => {
    const value = valueAt(object, ...field.path.split('.'));
    if (Array.isArray(value)) {
      return listOf(value).flatMap((entry, index) =>
        reference(entry, field, `${field.path}[${index}]`, namespace),
      );
    }
    return reference(value, field, field.path, namespace);
  });
}

function reference(value: unknown, field: ReferenceField, path: string, namespace: string): Reference[] {
  const entry = field.plainName
    ? { name: value }
    : field.path === 'spec.include'
      ? mapOf(mapOf(value).repository)
      : value;
  if (!isMap(entry)) return [];
  const kind = field.targetKind ?? textOf(entry.kind);
  const name = textOf(entry.name);
  if (kind === undefined || name === undefined || name === '*') return [];
  const apiVersion = textOf(entry.apiVersion);
  const group = apiVersion === undefined ? groupOfKind(kind) : apiGroup(apiVersion);
  const target = { group, kind, namespace: textOf(entry.namespace) ?? namespace, name };
  return [{ kind: field.edge, field: path, optional: entry.optional === true, target }];
}
