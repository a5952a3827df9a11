import type { PlainMap } from '../../../lib/plain/plain-data';
import type { Dice } from './dice';
import type { RandomObject } from './random-objects';

/** A selector that matches an object, more or less. */
export function selectorOf(dice: Dice, { kind, metadata }: RandomObject): PlainMap {
  const selectors = ['app=a', 'tier', '!tier', 'app in (a,b)', 'app!=a'];
  return {
    kind: dice.chance(0.9) ? kind : 'Deploy.*',
    ...dice.some({ name: dice.pick([metadata.name, '.*', 'w.b']) }),
    ...(dice.chance(0.3) ? dice.some({ namespace: 'x', labelSelector: dice.pick(selectors) }) : {}),
  };
}

/** The operations of a JSON patch. */
export function operations(dice: Dice): PlainMap[] {
  const list = [
    { op: 'add', path: '/metadata/labels', value: { j: 'p' } },
    { op: 'add', path: '/metadata/annotations/x~1y', value: 'v' },
    { op: 'replace', path: '/metadata/name', value: 'renamed' },
    { op: 'add', path: '/spec/extra', value: [1, { a: true }] },
    { op: 'copy', from: '/metadata/name', path: '/metadata/generateName' },
    { op: 'add', path: '/spec/template/spec/containers/-', value: { name: 'added', image: 'nginx' } },
  ];
  return dice.chance(0.7) ? [dice.pick(list)] : [dice.pick(list), dice.pick(list)];
}

/** A strategic merge patch of an object. */
export function mergePatch(dice: Dice, object: RandomObject, names: readonly string[]): PlainMap {
  const { apiVersion, kind } = object;
  const { name, namespace } = object.metadata;
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  const general: readonly PlainMap[] = [
    { metadata: { ...metadata, labels: { added: 'l', app: null } } },
    { metadata: { ...metadata, annotations: dice.pick<PlainMap>([{ note: null }, { extra: 'e' }, {}]) } },
    { metadata, $patch: dice.pick(['delete', 'merge', 'replace']) },
  ];
  const special = specialChange(dice, kind, names);
  const change = special && dice.chance(0.6) ? { metadata, ...special } : dice.pick(general);
  return { apiVersion, kind, ...change };
}

function specialChange(dice: Dice, kind: string, names: readonly string[]): PlainMap | undefined {
  const container = {
    name: dice.pick([...names, 'new']),
    ...(dice.chance(0.2) ? { $patch: 'delete' } : { image: 'patched:9' }),
    ...dice.some({
      env: [{ name: dice.pick(['A', 'C']), value: 'p' }],
      ports: [{ containerPort: 81, name: 'z' }],
    }),
  };
  const spec = { containers: [container], ...dice.some({ volumes: [{ name: 'v', $patch: 'delete' }] }) };
  const port = {
    port: dice.pick([80, 81]),
    name: 'q',
    ...dice.some({ protocol: dice.pick(['TCP', 'UDP']) }),
  };
  const changes: Readonly<Record<string, PlainMap>> = {
    Deployment: { spec: { template: { spec } } },
    StatefulSet: { spec: { template: { spec } } },
    Job: { spec: { template: { spec } } },
    Service: { spec: { ports: [port], ...dice.some({ selector: null }) } },
    ConfigMap: { data: { k: dice.pick(['v2', null]), m: '1' } },
    Thing: {
      spec: { list: [{ name: 'q' }], nested: dice.pick<unknown>([null, { deep: { z: 1 } }, { deep: null }]) },
    },
  };
  return changes[kind];
}

/** A replacement from one object to another. */
export function replacementOf(
  dice: Dice,
  from: RandomObject,
  to: RandomObject,
  names: readonly string[],
): PlainMap {
  const source = {
    kind: from.kind,
    name: from.metadata.name,
    ...dice.some({ fieldPath: dice.pick(sources) }),
  };
  const options = dice.some({ create: true, delimiter: '/', index: dice.below(4) - 1 });
  const target = {
    select: { kind: to.kind, ...dice.some({ name: to.metadata.name }) },
    ...dice.some({ reject: [{ name: dice.pick(names) }] }),
    fieldPaths: [dice.pick(targets)],
    options,
  };
  return {
    ...(dice.chance(0.4) ? { sourceValue: dice.pick(['word', '7']) } : { source }),
    targets: [target],
  };
}

const sources = [
  'metadata.name',
  'spec.replicas',
  'data.k',
  'data.n',
  'metadata.labels.app',
  'spec.selector',
];
const targets = [
  'metadata.annotations.copied',
  'metadata.labels.app',
  'spec.template.spec.containers.[name=web].image',
  'spec.template.spec.containers.*.image',
  'spec.template.spec.containers.0.name',
  'spec.ports.[port=80].name',
  'data.k',
  'data.n',
  'data.c\\.yaml.b.c',
  'data.c\\.yaml.l.[n=p].v',
  'data.c\\.json.b.c',
  'data.c\\.json.l.1',
];

/** A built-in transformer, inline as in kustomizations. */
export function transformer(dice: Dice, target: RandomObject, names: readonly string[]): string {
  const labels = { path: 'metadata/labels', create: true };
  const name = { path: 'metadata/name', ...dice.some({ kind: 'Deployment' }) };
  const [kind, config] = dice.pick<readonly [string, PlainMap]>([
    ['LabelTransformer', { labels: { t: 'l' }, fieldSpecs: [labels] }],
    ['AnnotationsTransformer', { annotations: { t: 'a' }, fieldSpecs: [{ path: 'metadata/annotations' }] }],
    ['NamespaceTransformer', { unsetOnly: dice.chance(0.5), setRoleBindingSubjects: 'allServiceAccounts' }],
    ['PrefixSuffixTransformer', { prefix: 'tp-', suffix: '-ts', fieldSpecs: [name] }],
    ['ImageTagTransformer', { imageTag: { name: 'nginx', newTag: '7' } }],
    ['PatchTransformer', { target: selectorOf(dice, target), patch: JSON.stringify(operations(dice)) }],
    ['ReplicaCountTransformer', { replica: { name: dice.pick(names), count: 5 }, fieldSpecs: [replicas] }],
    [
      'ValueAddTransformer',
      { value: 'v', targets: [{ selector: selectorOf(dice, target), fieldPath: 'metadata/labels/q' }] },
    ],
  ]);
  const metadata = { name: 'it', namespace: dice.pick(['x', 'n']) };
  return JSON.stringify({ apiVersion: 'builtin', kind, metadata, ...config });
}

const replicas = { path: 'spec/replicas', kind: 'Deployment', create: true };
