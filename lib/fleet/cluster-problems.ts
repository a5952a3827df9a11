import type { OwnFindingInput } from '../findings/finding';
import { nearestHint } from '../findings/nearest-name';
import { isMap, type PlainMap } from '../plain/plain-data';
import type { ClusterFacts } from './cluster-facts';
import { layoutFor, openPlaceholders, type FleetLayout } from './layout';

const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;
const VERSION = /^v?\d+\.\d+(?:\.\d+)?(?:[-+][\w.+-]+)?$/;

/** What is wrong with what a cluster is told of itself, but for its settings. */
export function clusterProblems(
  facts: ClusterFacts,
  levels: { readonly environments?: object; readonly regions?: object },
  layout: FleetLayout,
): OwnFindingInput[] {
  const at = `clusters.${facts.name}`;
  return [
    ...nameProblems(facts.name, at),
    ...levelProblem('environment', facts.environment, levels.environments, at),
    ...levelProblem('region', facts.region, levels.regions, at),
    ...versionProblems(facts, at),
    ...placeholderProblems(facts, layout, at),
  ];
}

function nameProblems(name: string, field: string): OwnFindingInput[] {
  if (NAME.test(name)) return [];
  return [
    {
      code: 'argument-invalid',
      message: `got the name ${JSON.stringify(name)}; must be lower-case letters, digits, "-", "." and "_"`,
      hint: 'use a name such as "eu-west-1"',
      field,
    },
  ];
}

function levelProblem(
  fact: 'environment' | 'region',
  value: unknown,
  levels: object | undefined,
  at: string,
): OwnFindingInput[] {
  const field = `${at}.${fact}`;
  if (typeof value !== 'string' || value === '') {
    const hint = `set the ${fact} of the cluster`;
    return [
      {
        code: 'argument-invalid',
        message: `got ${JSON.stringify(value) ?? 'undefined'}; must be a string`,
        hint,
        field,
      },
    ];
  }
  const names = isMap(levels) ? Object.keys(levels as PlainMap) : [];
  if (names.length === 0 || names.includes(value)) return [];
  const listed = names.map((name) => JSON.stringify(name)).join(', ');
  return [
    {
      code: 'argument-invalid',
      message: `unknown ${fact} ${JSON.stringify(value)}; ${fact}s of the fleet: ${listed}`,
      hint: nearestHint(value, names, `add it to ${fact}s, or use one of these`),
      field,
    },
  ];
}

function versionProblems(facts: ClusterFacts, at: string): OwnFindingInput[] {
  return (['fluxVersion', 'kubernetesVersion'] as const).flatMap((fact) => {
    const version: unknown = facts[fact];
    if (version === undefined || (typeof version === 'string' && VERSION.test(version))) return [];
    return [
      {
        code: 'argument-invalid',
        message: `got ${JSON.stringify(version)}; must be a version such as ${fact === 'fluxVersion' ? '"2.9.5"' : '"1.34"'}`,
        hint: 'set the version that the cluster runs, or remove it',
        field: `${at}.${fact}`,
      } as const,
    ];
  });
}

function placeholderProblems(facts: ClusterFacts, layout: FleetLayout, at: string): OwnFindingInput[] {
  return openPlaceholders(layoutFor(layout, facts)).map((placeholder) => ({
    code: 'argument-invalid',
    message: `the layout contains ${placeholder}, for which the cluster ${JSON.stringify(facts.name)} has no value; known placeholders: {name}, {environment}, {region} and {provider}`,
    hint: 'set it on the cluster, or correct the layout',
    field: at,
  }));
}
