import type { CodeFacts } from './code-facts';

/** Checks of objects. */
export const OBJECTS_CODES = {
  'annotation-invalid': {
    severity: 'error',
    summary: "An annotation's key is not valid, or its value is no text",
    fix: 'Quote numbers and booleans.',
    inCheck: true,
  },
  'cel-invalid': {
    severity: 'error',
    summary: 'A CEL expression cannot be parsed, so that Flux could never evaluate it',
    fix: 'Mend the expression at the place in the message.',
    inCheck: true,
  },
  'commit-template-invalid': {
    severity: 'error',
    summary: 'The template of a commit message does not parse',
    fix: 'Mend it at the place in the message.',
    inCheck: true,
  },
  'component-missing': {
    severity: 'warning',
    summary: 'A cluster has an object of Flux, and not the controller that acts on it',
    inCheck: true,
    atSynth: 'skip',
  },
  'field-ignored': {
    severity: 'warning',
    summary: 'A field is set beside one that wins over it, so it means nothing: a `tag` beside a `semver`',
    fix: 'Leave one of them out.',
  },
  'helm-values-invalid': {
    severity: 'error',
    summary: 'The values, or where they come from, cannot be used by Helm',
    fix: 'Do as the message says.',
    inCheck: true,
  },
  'kind-unknown': {
    severity: 'error',
    summary: 'Flux has no such kind in that group',
    fix: 'Use the kind that the hint suggests.',
    inCheck: true,
  },
  'label-invalid': {
    severity: 'error',
    summary: "A label's key or value is not one that Kubernetes takes",
    fix: 'Write a key with an optional prefix, and a value of at most 63 characters.',
    inCheck: true,
  },
  'label-selector-invalid': {
    severity: 'error',
    summary: 'A label selector cannot be parsed',
    fix: 'Write it as `kubectl get -l` takes it.',
    inCheck: true,
  },
  'metadata-invalid': {
    severity: 'error',
    summary: 'The metadata is no map, or has a field of the wrong type',
    fix: 'Write it as Kubernetes wants it.',
    inCheck: true,
  },
  'name-invalid': {
    severity: 'error',
    summary: 'A name is none that Kubernetes, or the objects made of it, can have',
    fix: 'Use lower-case letters, digits and `-`, within the length that the message names.',
    inCheck: true,
  },
  'namespace-invalid': {
    severity: 'error',
    summary: 'A namespace is no valid name',
    fix: 'Use lower-case letters, digits and `-`.',
    inCheck: true,
  },
  'object-duplicate': {
    severity: 'error',
    summary: 'Two constructs, or one set of files, have two objects of one kind, namespace and name',
    details:
      'Two Kustomizations that apply one object fight over it; within one, kustomize refuses the build. Earlier versions of synth reported it as `duplicate-object`.',
    fix: 'Give one of them another name, or drop it.',
    inCheck: true,
  },
  'policy-missing': {
    severity: 'error',
    summary: 'An ImagePolicy does not say how the newest image is chosen, so none ever is',
    fix: 'Set `semver`, `alphabetical` or `numerical` in its `policy`.',
  },
  'provider-incomplete': {
    severity: 'error',
    summary: 'A Provider lacks what its type needs to reach anyone',
    details: 'The controller then sends nothing, and says nothing of it.',
    fix: 'Set the address, the channel or the Secret that the message names.',
  },
  'image-invalid': {
    severity: 'error',
    summary:
      'The name of an image or of a repository in a registry is none that Flux takes: with a scheme, a tag, or capital letters',
    fix: 'Remove what the hint names; tags are chosen by `ref`, or by an ImagePolicy.',
  },
  'regex-invalid': {
    severity: 'error',
    summary: 'A regular expression is none that Go reads',
    fix: "Write it in Go's syntax, which has no lookaround and no back-references.",
    inCheck: true,
  },
  'release-name-conflict': {
    severity: 'error',
    summary: 'Two HelmReleases install one release: each would undo the other, and both would report ready',
    fix: 'Give one another `releaseName` or `targetNamespace`.',
    inCheck: true,
  },
  'removed-api': {
    severity: 'error',
    summary: 'An object has an API version that is no longer served',
    inCheck: true,
    atSynth: 'skip',
  },
  'schema-duplicate-item': {
    severity: 'error',
    summary: 'A list has two items with one key, and the API server keeps one at most',
    fix: 'Remove one.',
    inCheck: true,
  },
  'schema-enum': {
    severity: 'error',
    summary: 'A value is not one of those allowed',
    fix: 'Use one of the values in the hint.',
    inCheck: true,
  },
  'schema-format': {
    severity: 'error',
    summary: 'A text does not have the form that the field wants, such as a date or a number of bytes',
    fix: 'Write it in the form that the message names.',
    inCheck: true,
  },
  'schema-null': {
    severity: 'error',
    summary: 'A field is null where null is not allowed',
    fix: 'Leave the field out.',
    inCheck: true,
  },
  'schema-pattern': {
    severity: 'error',
    summary: "A text does not match the field's pattern",
    fix: 'Write it as the pattern wants.',
    inCheck: true,
  },
  'schema-range': {
    severity: 'error',
    summary: 'A number, text or list is too small, too large, too short or too long',
    fix: 'Stay within the limits in the message.',
    inCheck: true,
  },
  'schema-required': {
    severity: 'error',
    summary: 'A required field is missing',
    fix: 'Give it.',
    inCheck: true,
  },
  'schema-rule': {
    severity: 'error',
    summary: "A rule of the kind's schema about several fields does not hold",
    fix: "Do as the rule's message says.",
    inCheck: true,
  },
  'schema-type': {
    severity: 'error',
    summary: 'A value has another type than the field',
    fix: 'Give the type that the message names.',
    inCheck: true,
  },
  'schema-unknown-field': {
    severity: 'error',
    summary: 'The kind has no such field',
    details: 'The API server would drop it in silence.',
    fix: 'Use the field that the hint suggests.',
    inCheck: true,
  },
  'semver-invalid': {
    severity: 'error',
    summary: 'A version range cannot be parsed',
    fix: 'Write it as Flux takes it, for example `>=1.0.0 <2.0.0`.',
    inCheck: true,
  },
  'url-invalid': {
    severity: 'error',
    summary: 'A URL, an address or an endpoint does not fit the kind or the type of what it is for',
    fix: 'Use the scheme that the message names.',
    inCheck: true,
  },
  'values-invalid': {
    severity: 'error',
    summary:
      'A value does not fit the schema of its chart: an unknown name, another type, something that is not allowed',
    details: 'Helm would refuse to install the release.',
    fix: 'Do as the message says; see [Helm](helm.md#values-with-a-type).',
  },
  'values-schema-invalid': {
    severity: 'error',
    summary: 'A schema of values is none, or refers to others, which would have to be fetched',
    fix: 'Give the `values.schema.json` of the chart, with what it refers to in its `$defs`.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
