import { DEFAULT_CHAIN_DEPTH } from './check-config';
import type { GroupSetting, SettingSchema } from './setting-schema';

/** The name of the configuration file. */
export const CONFIG_FILE = 'cdk8s-flux.yaml';

/** The folder that is published to when nothing else is said, from the root of the repository. */
export const DEFAULT_OUTPUT = 'cluster-resources';

/** Where the pins of a fleet are when nothing else is said. */
export const DEFAULT_PINS = 'pins.yaml';

/** The settings for a cluster: under `check` for all clusters, and below `clusters` for one. */
const clusterSettings: Readonly<Record<string, SettingSchema>> = {
  fluxVersion: {
    description:
      'The minor version of Flux, for example "2.8". By default, the version in the files of the cluster.',
    type: 'string',
    minLength: 1,
  },
  providedGroups: {
    description: 'API groups whose CRDs are not installed by Flux.',
    type: 'array',
    items: { type: 'string', minLength: 1 },
    default: [],
  },
  extraAlertKinds: {
    description:
      "Kinds that an Alert may name beside Flux's own. On clusters that flux-operator runs these are FluxInstance, FluxReport, ResourceSet and ResourceSetInputProvider.",
    type: 'array',
    items: { type: 'string', minLength: 1 },
    default: [],
  },
  lockDown: {
    description:
      'Whether Flux is locked down for tenants. By default, what the files of the cluster contain.',
    type: 'boolean',
  },
};

/** A finding, by what it is about. */
const findingFilter: Readonly<Record<string, SettingSchema>> = {
  code: {
    description: 'The code of the finding, for example plaintext-secret.',
    type: 'string',
    minLength: 1,
  },
  object: {
    description:
      'The object, as Kind/namespace/name, or Kind/name without a namespace. By default, any object; plaintext-secret needs it.',
    type: 'string',
    minLength: 1,
  },
  file: {
    description:
      'The file, or a folder above it, from the root of the repository. By default, any file; plaintext-secret needs a file.',
    type: 'string',
    minLength: 1,
  },
  field: {
    description: 'The field, for example spec.dependsOn[0], or one around it. By default, any field.',
    type: 'string',
    minLength: 1,
  },
};

/**
 * Every key of `cdk8s-flux.yaml`: what it means, what is allowed and what holds without it. This table checks the file,
 * and the build writes it to `schema/` for editors. A new key is an entry here and a property of `FluxConfig`.
 */
export const configSchema: GroupSetting = {
  description: 'What cdk8s-flux must know about a repository that is not in its code.',
  type: 'object',
  additionalProperties: false,
  required: ['version'],
  properties: {
    version: {
      description: 'The version of this file format.',
      type: 'integer',
      enum: [1],
    },
    root: {
      description:
        'The root of the repository, from the folder of this file. A project in a sub-folder of its git repository uses "..". It cannot be above the folder that contains .git.',
      type: 'string',
      minLength: 1,
      default: '.',
    },
    output: {
      description:
        'The only folder that synth publishes to, from the root of the repository. By default, synth publishes to the path and the directory of each Cluster.',
      type: 'string',
      minLength: 1,
    },
    sopsRules: {
      description:
        'Whether synth writes .sops.yaml to the root, with the recipients in the code, so that the sops command encrypts for the same recipients.',
      type: 'boolean',
      default: false,
    },
    pins: {
      description:
        'The file with the pins of a fleet, which set the version of each ring, from the root of the repository.',
      type: 'string',
      minLength: 1,
      default: DEFAULT_PINS,
    },
    pictures: {
      description: 'Pictures of what Flux applies, which synth keeps up to date.',
      type: 'array',
      default: [],
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['file'],
        properties: {
          file: {
            description:
              'The file, from the root of the repository. Its ending sets the format: .md (a section of the file), .mmd, .dot, .json, .svg or .html.',
            type: 'string',
            minLength: 1,
          },
          cluster: {
            description: 'Draw only this cluster. By default, all of them.',
            type: 'string',
            minLength: 1,
          },
        },
      },
    },
    allow: {
      description: 'Findings that you accept, each with the reason.',
      type: 'array',
      default: [],
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'reason'],
        properties: {
          ...findingFilter,
          reason: { description: 'Why you accept the finding.', type: 'string', minLength: 1 },
        },
      },
    },
    entries: {
      description:
        'The paths that Flux starts from, as in flux bootstrap --path. By default, they are found from the files.',
      type: 'array',
      items: { type: 'string', minLength: 1 },
      default: [],
    },
    rollout: {
      description: 'How far one change may reach.',
      type: 'object',
      default: {},
      additionalProperties: false,
      properties: {
        maxClusters: {
          description:
            'In how many clusters one component may change at once: a number, or a share of all clusters such as "25%". By default, in all.',
          type: ['integer', 'string'],
          minimum: 1,
          pattern: '^(?:[1-9][0-9]?|100)%$',
        },
      },
    },
    check: {
      description: 'How the repository is checked.',
      type: 'object',
      default: {},
      additionalProperties: false,
      properties: {
        ...clusterSettings,
        rules: {
          description: 'The severity of findings, by code. off disables a finding.',
          type: 'object',
          additionalProperties: { type: 'string', enum: ['error', 'warning', 'info', 'off'] },
        },
        chainDepth: {
          description: 'How long a chain of Kustomizations that wait for each other may be.',
          type: 'integer',
          default: DEFAULT_CHAIN_DEPTH,
        },
        clusters: {
          description: 'Settings of single clusters, by their name or entry path.',
          type: 'object',
          additionalProperties: {
            type: 'object',
            additionalProperties: false,
            properties: clusterSettings,
          },
        },
      },
    },
  },
};

/** `configSchema` as a document for editors (JSON Schema, draft 7). */
export function editorSchema(): Record<string, unknown> {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: CONFIG_FILE, ...configSchema };
}
