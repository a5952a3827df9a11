import type { CodeFacts } from './code-facts';

/** Checks of objects. */
export const OBJECTS_CODES = {
  'annotation-invalid': {
    severity: 'error',
    summary: "An annotation's key is not valid, or its value is not a string",
    fix: 'Quote numbers and booleans.',
    inCheck: true,
  },
  'cel-invalid': {
    severity: 'error',
    summary: 'A CEL expression is not valid, so Flux cannot evaluate it',
    fix: 'Correct the expression at the position in the message.',
    inCheck: true,
  },
  'commit-template-invalid': {
    severity: 'error',
    summary: 'The template of a commit message is not valid',
    fix: 'Correct the template at the position in the message.',
    inCheck: true,
  },
  'component-missing': {
    severity: 'warning',
    summary: 'A cluster has a Flux object but not the controller for it',
    inCheck: true,
    atSynth: 'skip',
  },
  'field-ignored': {
    severity: 'warning',
    summary: 'A field has no effect because another field overrides it, such as `tag` beside `semver`',
    fix: 'Remove one of them.',
  },
  'helm-values-invalid': {
    severity: 'error',
    summary: 'Helm cannot use the values or a source of values',
    fix: 'Follow the hint of the finding.',
    inCheck: true,
  },
  'kind-unknown': {
    severity: 'error',
    summary: 'Neither Flux nor Kubernetes has such a kind in that group',
    details:
      'This also concerns a kustomize file (`kustomize.config.k8s.io`) that is applied like a manifest: Flux then applies nothing of the Kustomization.',
    fix: 'Use the kind that the hint suggests.',
    inCheck: true,
  },
  'label-invalid': {
    severity: 'error',
    summary: "A label's key or value is not valid",
    fix: 'Use a key with an optional prefix, and a value of at most 63 characters.',
    inCheck: true,
  },
  'label-selector-invalid': {
    severity: 'error',
    summary: 'A label selector is not valid',
    fix: 'Use the syntax of `kubectl get -l`.',
    inCheck: true,
  },
  'metadata-invalid': {
    severity: 'error',
    summary: 'The metadata is not a map, or a field in it has the wrong type',
    fix: 'Correct the field that the message names.',
    inCheck: true,
  },
  'name-invalid': {
    severity: 'error',
    summary: 'A name is not valid for Kubernetes, or for the objects that are named after it',
    fix: 'Use lowercase letters, digits and `-`, and at most the length that the message names.',
    inCheck: true,
  },
  'namespace-invalid': {
    severity: 'error',
    summary: 'A namespace is not a valid name',
    fix: 'Use lowercase letters, digits and `-`.',
    inCheck: true,
  },
  'object-duplicate': {
    severity: 'error',
    summary: 'Two objects of one build have the same kind, namespace and name',
    details:
      'Two Kustomizations that apply the same object fight over it; within one Kustomization, kustomize refuses the build. Earlier versions of synth reported this as `duplicate-object`.',
    fix: 'Rename or remove one of them.',
    inCheck: true,
  },
  'policy-missing': {
    severity: 'error',
    summary: 'An ImagePolicy does not set how to choose an image, so it never chooses one',
    fix: 'Set `semver`, `alphabetical` or `numerical` in its `policy`.',
  },
  'provider-incomplete': {
    severity: 'error',
    summary: 'A Provider lacks a field that its type needs to send anything',
    details: 'The controller then sends nothing and reports nothing.',
    fix: 'Set the address, the channel or the Secret that the message names.',
  },
  'image-invalid': {
    severity: 'error',
    summary:
      'The name of an image, or of a repository in a registry, is not valid: it has a scheme, a tag, blanks, or capital letters',
    fix: 'Remove what the hint names. Choose tags with `ref`, or with an ImagePolicy.',
  },
  'regex-invalid': {
    severity: 'error',
    summary: 'A regular expression is not valid in Go',
    fix: "Use Go's syntax, which has no lookaround and no back-references.",
    inCheck: true,
  },
  'release-name-conflict': {
    severity: 'error',
    summary: 'Two HelmReleases install the same Helm release: each undoes the other, and both report ready',
    fix: 'Give one of them another `releaseName` or `targetNamespace`.',
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
    summary: 'A list has two items with the same key, and the API server keeps at most one',
    fix: 'Remove one.',
    inCheck: true,
  },
  'schema-enum': {
    severity: 'error',
    summary: 'A value is not one of the allowed values',
    fix: 'Use one of the values in the hint.',
    inCheck: true,
  },
  'schema-format': {
    severity: 'error',
    summary: 'A string does not have the format of the field, such as a date or a number of bytes',
    fix: 'Use the format that the message names.',
    inCheck: true,
  },
  'schema-null': {
    severity: 'error',
    summary: 'A field is null where null is not allowed',
    fix: 'Remove the field.',
    inCheck: true,
  },
  'schema-pattern': {
    severity: 'error',
    summary: "A string does not match the field's pattern",
    fix: 'Use a value that matches the pattern.',
    inCheck: true,
  },
  'schema-range': {
    severity: 'error',
    summary: 'A number, string or list is too small, too large, too short or too long',
    fix: 'Stay within the limits in the message.',
    inCheck: true,
  },
  'schema-required': {
    severity: 'error',
    summary: 'A required field is missing',
    details:
      'It is an info if the build has a component or transformer of another repository, which may set the field.',
    fix: 'Set the field.',
    inCheck: true,
  },
  'schema-rule': {
    severity: 'error',
    summary:
      "An object breaks a rule of its kind's schema that concerns several fields, or a SecretStore refers to another namespace (a warning)",
    fix: 'Correct the fields that the message of the rule names.',
    inCheck: true,
  },
  'schema-type': {
    severity: 'error',
    summary: 'A value has the wrong type',
    fix: 'Use the type that the message names.',
    inCheck: true,
  },
  'schema-unknown-field': {
    severity: 'error',
    summary: 'The kind has no such field',
    details: 'Flux uses server-side apply, which refuses the object with `field not declared in schema`.',
    fix: 'Use the field that the hint suggests.',
    inCheck: true,
  },
  'semver-invalid': {
    severity: 'error',
    summary: 'A version range is not valid',
    fix: "Use Flux's syntax, for example `>=1.0.0 <2.0.0`.",
    inCheck: true,
  },
  'url-invalid': {
    severity: 'error',
    summary: 'A URL, an address or an endpoint is not valid for the kind or type of the object',
    fix: 'Use the scheme and the form that the message names.',
    inCheck: true,
  },
  'values-invalid': {
    severity: 'error',
    summary:
      'A value does not match the schema of its chart: the name is unknown, the type is wrong, or the value is not allowed',
    details: 'Helm would refuse to install the release.',
    fix: 'Follow the hint of the finding; see [Helm](helm.md#typed-values).',
  },
  'values-schema-invalid': {
    severity: 'error',
    summary:
      'A schema of values is not a valid JSON Schema, or refers to other schemas that would have to be downloaded',
    fix: 'Use the `values.schema.json` of the chart, with everything it refers to in its `$defs`.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
