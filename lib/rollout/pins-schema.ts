import { DEFAULT_PINS } from '../config/config-schema';
import type { GroupSetting, SettingSchema } from '../config/setting-schema';

const reason: SettingSchema = { description: 'Why.', type: 'string', minLength: 1 };
const since: SettingSchema = { description: 'The day it was recorded, as YYYY-MM-DD.', type: 'string' };
const value: SettingSchema = {
  description:
    'What the ring runs. Quote a version that reads as another number, such as "4.10", or has only two parts.',
  type: ['string', 'number', 'boolean'],
};

/** Every key of the pins file: this table checks the file, and the build writes it to `schema/` for editors. */
export const pinsSchema: GroupSetting = {
  description:
    'Which value of each pin every ring of the fleet runs. Renovate updates the first ring; cdk8s-flux promote brings a value to the next one.',
  type: 'object',
  additionalProperties: false,
  required: ['version'],
  properties: {
    version: { description: 'The version of this file format.', type: 'integer', enum: [1] },
    pins: {
      description: 'By the name of a pin, its value by ring, the first ring first.',
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: value },
      default: {},
    },
    emergencies: {
      description:
        'By pin and ring, what an emergency brought to the ring before an earlier one. cdk8s-flux promote --emergency writes it, and removes it once the earlier rings have caught up.',
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
        'By component and cluster, what is held as it is. cdk8s-flux suspend and cdk8s-flux resume write it.',
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
