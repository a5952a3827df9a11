import { finding, type Finding } from '../findings/finding';
import { FindingsError } from '../findings/findings-error';
import type { ValuesFile } from '../flux/chart-values';
import { checkValues } from '../schema/helm-values/check-values';
import { violationFinding } from '../schema/validate-tree-object';
import type { ManifestDocument } from '../tree/manifest';
import { readFile } from '../tree/read-file';
import { parseDocuments } from '../yaml/parse';
import type { PrintedRelease } from './printed-release';

type Data = Readonly<Record<string, unknown>>;

/** The contents of the files with schemas and defaults; each file is read once. */
type Files = Map<string, Data | string>;

/** Checks the values of releases against the schemas that their authors gave. */
export function checkReleaseValues(releases: readonly PrintedRelease[]): Finding[] {
  const files: Files = new Map();
  return releases.flatMap((printed) => checkRelease(printed, files));
}

function checkRelease({ release, document, file, substitutes }: PrintedRelease, files: Files): Finding[] {
  const [schema, defaults] = [release.valuesSchema, release.valuesDefaults].map(
    (given) => given && load(given, files),
  );
  const unreadable = [schema, defaults].filter((loaded) => typeof loaded === 'string');
  if (unreadable.length > 0) return unreadable.map((problem) => unreadableFile(problem, document));
  if (schema === undefined) return [];
  const { values, valuesFrom } = document.object['spec'] as { values?: unknown; valuesFrom?: unknown };
  const violations = checkValues(values, {
    schema: schema as Data,
    defaults: defaults as Data | undefined,
    substitutions: substitutes,
    isPart: valuesFrom !== undefined,
  });
  return violations.map((violation) => violationFinding(violation, document, file));
}

/** The data of a file, or what is wrong with it. JSON is YAML. */
function load(given: ValuesFile, files: Files): Data | string {
  if (typeof given !== 'string') return given;
  const known = files.get(given);
  if (known !== undefined) return known;
  const loaded = read(given);
  files.set(given, loaded);
  return loaded;
}

function read(file: string): Data | string {
  const { bytes, problem } = readFile(file);
  if (problem) return `cannot use ${JSON.stringify(file)}: it ${problem.message}`;
  try {
    const [first] = parseDocuments(bytes.toString('utf8'), file);
    const value = first?.value ?? {};
    return typeof value === 'object' && !Array.isArray(value)
      ? (value as Data)
      : `cannot use ${JSON.stringify(file)}: it must contain a map`;
  } catch (error) {
    const reason = FindingsError.isFindingsError(error)
      ? (error.findings[0]?.message ?? 'it is not valid YAML')
      : (error as Error).message;
    return `cannot read ${JSON.stringify(file)}: ${reason}`;
  }
}

function unreadableFile(message: string, { constructPath }: ManifestDocument): Finding {
  return finding({
    code: 'file-unreadable',
    message,
    hint: 'correct the path of values.schema.json or values.yaml; it is relative to the folder in which synth runs',
    locations: [{ constructPath }],
  });
}
