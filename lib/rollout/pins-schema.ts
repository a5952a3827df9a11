import { DEFAULT_PINS } from '../config/config-schema';
import type { GroupSetting, SettingSchema } from '../config/setting-schema';

const reason: SettingSchema = { description: 'Why.', type: 'string', minLength: 1 };
const since: SettingSchema = {
  description: 'The date on which it was recorded, as YYYY-MM-DD.',
  type: 'string',
};
const value: SettingSchema = {
  description:
    'The value that the ring runs. Quote a version with only two parts, such as "4.10": YAML would read it as the number 4.1.',
  type: ['string', 'number', 'boolean'],
};

/** Every key of the pins file: this table checks the file, and the build writes it to `schema/` for editors. */
export const pinsSchema: GroupSetting = {
  description:
    'The value of each pin in each ring of the fleet. Renovate updates the first ring; cdk8s-flux promote copies a value to the next one.',
  type: 'object',
  additionalProperties: false,
  required: ['version'],
  properties: {
    version: { description: 'The version of this file format.', type: 'integer', enum: [1] },
    pins: {
      description: 'The pins by name. Each has its value by ring, in the order of the rings.',
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: value },
      default: {},
    },
    emergencies: {
      description:
        'By pin and ring, the values that an emergency promoted before an earlier ring had them. cdk8s-flux promote --emergency adds an entry; a later promotion removes it once the earlier rings have caught up.',
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          additionalProperties: false,
          required: ['value', 'since', 'reason'],
          properties: { value, since, reason },
        },
      },
      default: {},
    },
    suspended: {
      description:
        'By component and cluster, what is suspended. cdk8s-flux suspend and cdk8s-flux resume change it.',
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          additionalProperties: false,
          required: ['since', 'reason'],
          properties: { since, reason },
        },
      },
      default: {},
    },
  },
};

/** `pinsSchema` as a document for editors (JSON Schema, draft 7). */
export function pinsEditorSchema(): Record<string, unknown> {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: DEFAULT_PINS, ...pinsSchema };
}
