import type { CodeFacts } from './codes/code-facts';
import { APP_SHAPE_CODES } from './codes/app-shape';
import { ARTIFACT_CODES } from './codes/artifacts';
import { CONFIGURATION_CODES } from './codes/configuration';
import { FLEET_CODES } from './codes/fleets';
import { IMAGES_CODES } from './codes/images';
import { MOVE_CODES } from './codes/moves';
import { OBJECTS_CODES } from './codes/objects';
import { ORDER_CODES } from './codes/order';
import { PIPELINES_CODES } from './codes/pipelines';
import { PUBLISHING_CODES } from './codes/publishing';
import { REPOSITORY_CODES } from './codes/repository';
import { REVISIONS_CODES } from './codes/revisions';
import { ROLLOUT_CODES } from './codes/rollout';
import { SECRETS_CODES } from './codes/secrets';
import { SHARDING_CODES } from './codes/sharding';
import { TENANT_CODES } from './codes/tenants';
import { VARIABLES_CODES } from './codes/variables';
import { YAML_CODES } from './codes/yaml';

/** Every finding code by the section of `docs/findings.md` that it is in. */
export const CODE_SECTIONS = {
  'Files, paths and publishing': PUBLISHING_CODES,
  'Configuration and commands': CONFIGURATION_CODES,
  'The shape of the app': APP_SHAPE_CODES,
  Variables: VARIABLES_CODES,
  Order: ORDER_CODES,
  'Checks of objects': OBJECTS_CODES,
  YAML: YAML_CODES,
  Secrets: SECRETS_CODES,
  'Reading a repository': REPOSITORY_CODES,
  'Images and notifications': IMAGES_CODES,
  'Rings, pins and promotion': ROLLOUT_CODES,
  'Fleets of clusters': FLEET_CODES,
  'Tenants and the lock-down': TENANT_CODES,
  Shards: SHARDING_CODES,
  'Renames and moves': MOVE_CODES,
  'Comparing revisions': REVISIONS_CODES,
  'CI and hooks': PIPELINES_CODES,
  'Artifacts in registries': ARTIFACT_CODES,
} as const;

const ALL = {
  ...PUBLISHING_CODES,
  ...CONFIGURATION_CODES,
  ...APP_SHAPE_CODES,
  ...VARIABLES_CODES,
  ...ORDER_CODES,
  ...OBJECTS_CODES,
  ...YAML_CODES,
  ...SECRETS_CODES,
  ...REPOSITORY_CODES,
  ...IMAGES_CODES,
  ...ROLLOUT_CODES,
  ...FLEET_CODES,
  ...TENANT_CODES,
  ...SHARDING_CODES,
  ...MOVE_CODES,
  ...REVISIONS_CODES,
  ...PIPELINES_CODES,
  ...ARTIFACT_CODES,
};

/** The code of a finding. The list is closed: a new code gets an entry in `lib/findings/codes/`. */
export type FindingCode = keyof typeof ALL;

/** What is known of each finding code. */
export const FINDING_CODES: Readonly<Record<FindingCode, CodeFacts>> = ALL;

/** Whether a text is one of our codes; authors may report findings with their own. */
export function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(FINDING_CODES, code);
}

/** What is known of a code; `undefined` for one that is not ours. */
export function codeFacts(code: string): CodeFacts | undefined {
  return isFindingCode(code) ? FINDING_CODES[code] : undefined;
}
