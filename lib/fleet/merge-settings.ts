import type { OwnFindingInput } from '../findings/finding';
import { nearestHint } from '../findings/nearest-name';
import { mapOf, type PlainMap } from '../plain/plain-data';
import type { SettingDeclarations } from './setting-types';

/** Settings that an environment, a region or a cluster gives, and the prop that they are in. */
export interface SettingLevel {
  /** The prop, for example `environments.production`. */
  readonly field: string;
  readonly given: unknown;
}

/** What is wrong with the settings of one level: unknown names, and values that are not allowed. */
export function levelProblems(
  declared: SettingDeclarations,
  { field, given }: SettingLevel,
): OwnFindingInput[] {
  return Object.entries(mapOf(given)).flatMap(([name, value]) => {
    const at = `${field}.${name}`;
    if (!Object.hasOwn(declared, name)) return [unknownSetting(name, at, Object.keys(declared))];
    const problem = value === undefined ? undefined : declared[name]?.problemOf(value);
    return problem === undefined ? [] : [wrongSetting(named(declared, name), value, problem, at)];
  });
}

/** What is wrong with the defaults that are declared. */
export function defaultProblems(declared: SettingDeclarations): OwnFindingInput[] {
  const given = Object.entries(declared).map(([name, setting]) => [name, setting.default]);
  return levelProblems(declared, { field: 'settings', given: Object.fromEntries(given) });
}

/** The values of one cluster, the last level first; and the names of those that no level gives. */
export function mergeSettings(
  declared: SettingDeclarations,
  levels: readonly SettingLevel[],
): { readonly settings: PlainMap; readonly missing: readonly string[] } {
  const names = Object.keys(declared);
  const maps = levels.map(({ given }) => mapOf(given));
  const entries = names.map((name): [string, unknown] => {
    const level = maps.find((map) => Object.hasOwn(map, name) && map[name] !== undefined);
    return [name, level ? level[name] : declared[name]?.default];
  });
  const missing = entries.filter(([, value]) => value === undefined).map(([name]) => name);
  return { settings: Object.fromEntries(entries), missing };
}

/** That no level gives a setting that a cluster must have. */
export function missingSetting(
  declared: SettingDeclarations,
  name: string,
  cluster: string,
): OwnFindingInput {
  return {
    code: 'setting-missing',
    message: `the cluster ${JSON.stringify(cluster)} has no ${named(declared, name)}`,
    hint: `set it in clusters[${JSON.stringify(cluster)}].settings; for several clusters, set it in environments, in regions, or as the default`,
    field: `clusters.${cluster}.settings.${name}`,
  };
}

function wrongSetting(setting: string, value: unknown, problem: string, field: string): OwnFindingInput {
  return {
    code: 'setting-invalid',
    message: `got ${shown(value)} for the ${setting}; ${problem}`,
    hint: 'use another value, or change the limits of the setting in settings',
    field,
  };
}

function unknownSetting(name: string, field: string, names: readonly string[]): OwnFindingInput {
  const known = names.length === 0 ? 'none' : names.map((one) => JSON.stringify(one)).join(', ');
  return {
    code: 'setting-invalid',
    message: `unknown setting ${JSON.stringify(name)}; known settings: ${known}`,
    hint: nearestHint(name, names, 'declare it in settings, or remove it'),
    field,
  };
}

function named(declared: SettingDeclarations, name: string): string {
  const description = declared[name]?.description;
  return `setting ${JSON.stringify(name)}${description === undefined ? '' : ` (${description})`}`;
}

/** A value as its author wrote it, if it is plain data. */
function shown(value: unknown): string {
  return typeof value === 'object' || typeof value === 'function'
    ? `a value of type ${typeof value}`
    : (JSON.stringify(value) ?? String(value));
}
