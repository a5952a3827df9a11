import { rules } from './rules';

/**
 * The codes that a check gives beside those of its rules: what reading a repository and the schemas of its objects find,
 * each with what it means.
 */
const otherCodes: Readonly<Record<string, string>> = {
  'allow-unused': 'An entry of allow fits no finding any more',
  'annotation-invalid': 'An annotation is not valid',
  'cel-invalid': 'A CEL expression cannot be parsed',
  'commit-template-invalid': 'The template of a commit message does not parse',
  'component-as-resource': 'A Component is listed among the resources, or the other way round',
  'dependency-on-itself': 'An object waits for itself',
  'entry-guessed': 'A path is taken for one that Flux starts from',
  'entry-missing': 'A named entry path holds no manifest',
  'entry-not-found': 'The repository says nowhere where Flux starts',
  'evaluation-failed': 'A Kustomization could not be evaluated',
  'file-case-collision': 'Two paths differ only in the case of letters',
  'file-collision': 'Two files have one path',
  'file-too-large': 'A file is too large to be read',
  'file-unreadable': 'A file cannot be read',
  'folder-too-deep': 'Folders are nested too deeply to be read',
  'generator-failed': 'A ConfigMap or Secret cannot be generated',
  'helm-values-invalid': 'Helm values cannot be used',
  'kind-unknown': 'The API group has no such kind',
  'kustomization-cycle': 'A kustomization uses itself',
  'kustomization-invalid': 'A kustomization file cannot be used',
  'kustomize-unsupported': 'A field of a kustomization is not evaluated',
  'label-invalid': 'A label is not valid',
  'label-selector-invalid': 'A label selector cannot be parsed',
  'listed-file-missing': 'A kustomization lists what does not exist',
  'made-in-cluster': 'An object makes others in the cluster, which no file shows',
  'manifest-invalid': 'A document is no Kubernetes object',
  'merge-conflict': 'A file has an unresolved merge conflict',
  'metadata-invalid': 'The metadata of an object is not valid',
  'name-invalid': 'A name is not valid',
  'namespace-invalid': 'A namespace is not valid',
  'object-duplicate': 'An object is in one build twice',
  'patch-failed': 'A patch cannot be applied',
  'patch-invalid': 'A patch cannot be read',
  'patch-target-missing': 'A patch is meant for an object that is not there',
  'path-missing': 'A path that Flux is to build does not exist',
  'regex-invalid': 'A regular expression is none that Go reads',
  'release-name-conflict': 'Two HelmReleases install one release',
  'replacement-failed': 'A replacement of a kustomization cannot be done',
  'rule-unknown': 'The settings name a code that no finding has',
  'schema-duplicate-item': 'A list has two items with one key',
  'schema-enum': 'A value is not one of those allowed',
  'schema-format': 'A text does not have the form that its field wants',
  'schema-null': 'A field is null where null is not allowed',
  'schema-pattern': 'A text does not match the pattern of its field',
  'schema-range': 'A value is out of range',
  'schema-required': 'A required field is missing',
  'schema-rule': 'A rule about several fields does not hold',
  'schema-type': 'A value has another type than its field',
  'schema-unknown-field': 'The kind has no such field',
  'semver-invalid': 'A version range cannot be parsed',
  'substitution-failed': 'Variables cannot be substituted',
  'symlink-ignored': 'A symbolic link is not followed',
  'url-invalid': 'A URL does not fit the kind of its repository',
  'yaml-invalid': 'A file is no YAML',
  'yaml-key-odd': 'A key means something to programs and nothing to Kubernetes',
};

/** What the findings of a code are about, in one sentence without a full stop; `undefined` for a code that no check gives. */
export function summaryOf(code: string): string | undefined {
  const rule = rules.find((candidate) => candidate.code === code);
  return rule?.summary ?? (Object.hasOwn(otherCodes, code) ? otherCodes[code] : undefined);
}

/** Every code that a check may give, in code-unit order. */
export function checkCodes(): string[] {
  return [...new Set([...rules.map(({ code }) => code), ...Object.keys(otherCodes)])].sort();
}
