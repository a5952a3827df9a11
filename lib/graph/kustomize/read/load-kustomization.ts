import type { FindingLocation } from '../../../findings/finding';
import { didYouMean } from '../../../findings/nearest-name';
import { FindingsError } from '../../../findings/findings-error';
import type { TreeFile } from '../../../tree/tree-file';
import { parseDocuments, type ParsedDocument } from '../../../yaml/parse';
import { resolveYaml11 } from '../../../yaml/resolve';
import { isMap, textOf, type PlainMap } from '../../../plain/plain-data';
import { fluxType } from '../../../kinds/flux-kinds';
import { KUSTOMIZE_GROUP } from '../../../kinds/groups';
import { apiGroup } from '../../../tree/manifest';
import type { BuildLog } from '../build-log';
import { readShape, type ShapeProblem } from './kustomization-shape';

/** Words that YAML 1.1 reads as booleans, and our reader as strings. */
const yaml11Words = /(?:^|[\s,[{])(?:y|yes|n|no|on|off)(?=[\s,\]}]|$)/im;

/** A kustomization file as kustomize reads it; the log says what is wrong with it. */
export function loadKustomization(
  file: TreeFile,
  log: BuildLog,
): { readonly data: PlainMap; readonly location: FindingLocation } {
  const documents = documentsOf(file, log);
  const [document] = documents ?? [];
  const location: FindingLocation = { file: file.path, line: document?.line };
  const refuse = (message: string, hint: string, field?: string) =>
    log.error('kustomization-invalid', message, location, { hint, field });
  if (document === undefined) {
    if (documents) refuseEmpty(location, log);
    return { data: {}, location };
  }
  if (!isMap(document.value)) {
    refuse('the kustomization file is not a map', 'write it as a map, for example "resources:" with a list');
    return { data: {}, location };
  }
  const { data, problems } = readShape(document.value);
  // The fields of an object of another type are not reported one by one.
  if (!refuseFlux(document.value, refuse) && !refuseType(data, refuse))
    for (const problem of problems) refuseField(problem, location, log);
  if (problems.length === 0 && !Object.entries(data).some(isSet)) refuseEmpty(location, log);
  return { data, location };
}

/** Fields that kustomize moves to newer ones, so that an empty list in them is nothing. */
const moved = new Set(['bases', 'helmChartInflationGenerator', 'imageTags']);

/** Whether kustomize counts a field as content of the file. An empty list is content, nothing after the colon is not. */
function isSet([key, value]: [string, unknown]): boolean {
  if (key === 'apiVersion' || key === 'kind' || value === '' || value === null) return false;
  return !(moved.has(key) && Array.isArray(value) && value.length === 0);
}

function refuseEmpty(location: FindingLocation, log: BuildLog): void {
  log.error('kustomization-invalid', 'the kustomization file is empty', location, {
    hint: 'list the files of the folder under "resources"; if it is empty on purpose, write "resources: []"',
    atPath: 'accepts it',
  });
}

/** Reports a field that kustomize does not know, or whose value has another type. */
function refuseField(
  { message, field, meant, hint: own = 'correct or remove the field' }: ShapeProblem,
  location: FindingLocation,
  log: BuildLog,
): void {
  const hint = meant ? didYouMean(meant) : own;
  log.error('kustomization-invalid', message, location, {
    hint,
    field,
    ...(meant === '' && { atPath: 'ignores it' }),
  });
}

/** Says what is wrong with a file, how to correct it, and in which field. */
type Refuse = (message: string, hint: string, field: string) => void;

/** Reports a Flux Kustomization in a file for kustomize, whatever its API version is; returns whether it is one. */
function refuseFlux({ kind = 'Kustomization', apiVersion, spec }: PlainMap, refuse: Refuse): boolean {
  const isOfGroup = apiGroup(textOf(apiVersion) ?? '') === KUSTOMIZE_GROUP;
  if (kind !== 'Kustomization' || (!isOfGroup && !(isMap(spec) && isMap(spec.sourceRef)))) return false;
  refuse(
    'this is a Flux Kustomization, but kustomize expects its own Kustomization in a file with this name',
    `rename the file, for example to apps.yaml${isOfGroup ? '' : `, and use ${fluxType('Kustomization').apiVersion}`}`,
    'apiVersion',
  );
  return true;
}

/** Reports what is wrong with the type; returns whether anything is. */
function refuseType(data: PlainMap, refuse: Refuse): boolean {
  const kind = data.kind || 'Kustomization';
  if (kind !== 'Kustomization' && kind !== 'Component') {
    refuse(
      `the kind of the kustomization file is ${JSON.stringify(kind)}`,
      'use Kustomization or Component',
      'kind',
    );
    return true;
  }
  const version = `kustomize.config.k8s.io/${kind === 'Component' ? 'v1alpha1' : 'v1beta1'}`;
  if (!data.apiVersion || data.apiVersion === version) return false;
  refuse(
    `got ${JSON.stringify(data.apiVersion)}; the apiVersion of a ${kind} for kustomize must be ${JSON.stringify(version)}`,
    `use ${version}`,
    'apiVersion',
  );
  return true;
}

/** If keys are equal, kustomize uses the last one; this deserves a warning, not an error. */
function documentsOf(file: TreeFile, log: BuildLog): readonly ParsedDocument[] | undefined {
  const asRead = () => file.documents.map(({ object, line = 1 }) => ({ value: object, line }));
  if (file.isPrinted) return asRead();
  const text = file.bytes.toString('utf8');
  try {
    if (!yaml11Words.test(text)) return asRead();
    return parseDocuments(text, file.path, { plain: resolveYaml11 }).filter(({ value }) => value !== null);
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return readLeniently(text, file, error, log);
  }
}

function readLeniently(text: string, file: TreeFile, error: FindingsError, log: BuildLog) {
  try {
    const options = { plain: resolveYaml11, lastKeyWins: true };
    const documents = parseDocuments(text, file.path, options).filter(({ value }) => value !== null);
    log.findings.push(...error.findings.map((found) => ({ ...found, severity: 'warning' as const })));
    return documents;
  } catch {
    log.findings.push(...error.findings);
    return undefined;
  }
}
