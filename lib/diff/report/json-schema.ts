import { CHANGE_CLASSES } from '../change';

type Schema = Readonly<Record<string, unknown>>;

/** The schema of what `cdk8s-flux diff --format json` prints (JSON Schema, draft 7). */
export function diffSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'cdk8s-flux diff',
    description: 'What a change of a Flux repository does in its clusters. Fields may be added.',
    ...object({
      base: ref('side', 'The earlier state.'),
      head: ref('side', 'The later state.'),
      clusterCount: { type: 'integer', description: 'How many clusters both states have, changed or not.' },
      groups: list(
        ref('group'),
        'Each change once, with its clusters: the worst class first, then in the order of waves.',
      ),
      clusters: list(ref('cluster'), 'The clusters in which something changes.'),
      policy: list(ref('change'), 'What changes in cdk8s-flux.yaml.'),
      findings: object({
        new: list(ref('finding'), 'What check finds in the head but not in the base.'),
        gone: list(ref('finding'), 'What check finds in the base but not in the head.'),
      }),
      uncompared: list(ref('uncompared'), 'What could not be compared.'),
    }),
    definitions,
  };
}

const text = (description: string): Schema => ({ type: 'string', description });
const list = (items: Schema, description: string): Schema => ({ type: 'array', description, items });
const ref = (name: string, description?: string): Schema =>
  description === undefined
    ? { $ref: `#/definitions/${name}` }
    : { description, allOf: [{ $ref: `#/definitions/${name}` }] };

/** An object with required and optional fields. */
function object(
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } };
}

const changeClass: Schema = { enum: CHANGE_CLASSES, description: 'What Flux will do.' };

const definitions: Readonly<Record<string, Schema>> = {
  side: object(
    { name: text('The state as the user named it.') },
    { commit: text('The commit; missing for a folder or the working tree.') },
  ),
  identity: object(
    {
      group: text('The API group; empty for the core group.'),
      kind: text('The kind.'),
      name: text('The name.'),
    },
    { namespace: text('The namespace; missing for objects without one.') },
  ),
  location: object(
    {},
    {
      file: text('The path from the root of the repository.'),
      line: { type: 'integer', minimum: 1 },
      column: { type: 'integer', minimum: 1 },
      endColumn: { type: 'integer', minimum: 1 },
      field: text('The field at the place.'),
      constructPath: text('The path of the construct.'),
      source: text('The file and line of the code that created it.'),
      calledFrom: text('The file and line that called this code.'),
    },
  ),
  field: object(
    { path: text('The path within the object.') },
    {
      before: { description: 'The value in the base; missing if it is not set or is secret.' },
      after: { description: 'The value in the head; missing if it is not set or is secret.' },
    },
  ),
  version: object({
    of: { enum: ['chart', 'image'] },
    name: text('The chart or image.'),
    before: text('The version in the base.'),
    after: text('The version in the head.'),
    step: { enum: ['major', 'minor', 'patch', 'range', 'digest', 'downgrade', 'other'] },
  }),
  change: object(
    {
      class: changeClass,
      fields: list(ref('field'), 'The fields that differ; empty if the whole object is added or removed.'),
      message: text('What will happen.'),
    },
    {
      object: ref('identity', 'The object; missing for a whole cluster and for the policy.'),
      owner: text('The Kustomization that applies the object, as namespace/name.'),
      deletesFirst: {
        type: 'boolean',
        description:
          'Whether Flux deletes a moved object, or may delete it, before its new owner creates it.',
      },
      formerOwner: text('The Kustomization that applied it in the base, if that is a different one.'),
      hint: text('What to do about it.'),
      isPathOnly: {
        type: 'boolean',
        description:
          'Whether only the path of a Kustomization changes, and the differences in its objects are listed as separate changes.',
      },
      location: ref('location', 'Where the object is.'),
      versions: list(ref('version'), 'The versions that change.'),
      wave: {
        type: 'integer',
        minimum: 0,
        description:
          'The wave in which Flux reconciles the owner, as in cdk8s-flux order; missing if it never starts.',
      },
      alongWith: list(ref('identity'), 'Objects that are created or deleted with it.'),
    },
  ),
  group: object(
    {
      class: changeClass,
      message: text('What will happen.'),
      clusters: list(text('A cluster.'), 'The clusters; empty for the policy.'),
    },
    { object: ref('identity') },
  ),
  cluster: object({
    name: text('The name of the cluster.'),
    changes: list(
      ref('change'),
      'What Flux will do: the worst class first, then in the order of waves, then by identity.',
    ),
    impact: object({
      changed: list(
        text('A Kustomization, as namespace/name.'),
        'The Kustomizations that apply the changes.',
      ),
      order: list(
        list(
          text('A Kustomization, as namespace/name.'),
          'Each Kustomization applies its changes after the one before it.',
        ),
        'The order in which they apply their changes. A Kustomization that is in no chain applies them at any time.',
      ),
      waiting: list(
        text('An object, as Kind/namespace/name.'),
        'The objects that wait for these, directly or indirectly.',
      ),
    }),
  }),
  finding: object(
    {
      code: text('A stable code; docs/findings.md describes each.'),
      severity: { enum: ['error', 'warning', 'info'] },
      message: text('What is wrong.'),
      locations: list(ref('location'), 'Where it is.'),
      fingerprint: text('Identifies the finding across runs.'),
    },
    {
      hint: text('How to fix it.'),
      details: list(text('A line.'), 'More lines about the problem.'),
      object: ref('identity'),
      field: text('The field.'),
      usedBy: list(
        object(
          { cluster: text('The cluster, or the folder that was checked by itself.') },
          {
            kustomization: text('The Kustomization; missing for a folder.'),
            object: ref('identity'),
          },
        ),
        'The Kustomizations that apply the place, if there are several.',
      ),
      occurrences: list(
        ref('finding'),
        'Each finding, if several have one cause; the first is at the place of this one.',
      ),
    },
  ),
  uncompared: object({
    cluster: text('The cluster.'),
    object: ref('identity', 'The object.'),
    reason: { enum: ['remote', 'chart', 'variables', 'build', 'generated', 'secret'] },
    detail: text('The part that could not be compared.'),
  }),
};
