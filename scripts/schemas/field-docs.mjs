// The documentation of a field: its description, what is allowed beyond the type, and its default.

/** Defaults that the description states in other words than "defaults to". */
const DEFAULTS = {
  'HelmRelease.driftDetection.mode': "'disabled'",
  'HelmRelease.install.crds': "'Create'",
  'HelmRelease.upgrade.crds': "'Skip'",
  'HelmRelease.install.skipCRDs': 'false',
  'HelmRelease.install.remediation': '- no remediation',
  'HelmRelease.upgrade.remediation': '- no remediation',
  'HelmRelease.chart.spec.valuesFiles': '- the values.yaml of the chart',
  'HelmRelease.kubeConfig': '- the cluster that Flux runs in',
  'HelmRelease.kubeConfig.secretRef.key': '- value, otherwise value.yaml',
  'HelmRelease.valuesFrom.targetPath': '- the root of the values',
  'HelmChart.valuesFiles': '- the values.yaml of the chart',
  'HelmRepository.timeout': "'60s'",
  'HelmRepository.type': "'default'",
  'ImageUpdateAutomation.git.checkout': '- the ref of the GitRepository',
  'ImageUpdateAutomation.git.push': '- the branch that was checked out',
  'ImageUpdateAutomation.policySelector': '- all policies in the namespace',
  'ImageUpdateAutomation.update.path': '- the root of the repository',
  'Kustomization.kubeConfig': '- the cluster that Flux runs in',
  'Kustomization.kubeConfig.secretRef.key': '- value, otherwise value.yaml',
  'Kustomization.path': '- the root of the source',
  'Kustomization.postBuild.substituteStrategy': "'WithVariables'",
  'Kustomization.retryInterval': '- the interval',
  'OCIRepository.layerSelector.operation': "'extract'",
  'OCIRepository.ref.tag': "'latest'",
  'GitRepository.ref.branch': "'master'",
  'ImageUpdateAutomation.git.checkout.ref.branch': "'master'",
  'HelmRelease.kubeConfig.configMapRef': '- none',
  'Kustomization.kubeConfig.configMapRef': '- none',
  'HelmRelease.kubeConfig.secretRef': '- none',
  'Kustomization.kubeConfig.secretRef': '- none',
  'Kustomization.targetNamespace': '- the namespaces of the objects',
  'Kustomization.serviceAccountName': '- the account of the controller',
  'HelmRelease.serviceAccountName': '- the account of the controller',
};
/** Fields whose description names a default that cannot be written. */
const UNDEFINED = /^(None|a composition)/;
/** Words in descriptions that are names of Go's fields. */
const SPOKEN = [
  [/^HelmReleaseSpec\.(\w+)$/, (_, field) => `the ${field.toLowerCase()} of the release`],
  [/^Test\.IgnoreFailures$/, () => 'the value of test.ignoreFailures'],
  [/^Interval' duration$/, () => 'the interval'],
  [/^RemediateOnFailure$/, () => 'the same as RemediateOnFailure'],
  [
    /^a composition of '\[TargetNamespace-\]Name$/,
    () => 'the name, with the target namespace and a dash as prefix if there is one',
  ],
];

/** The documented default of a field: a literal, or `- what happens`. */
export function defaultOf(schema, path) {
  if (DEFAULTS[path] !== undefined) return DEFAULTS[path];
  if (schema.default !== undefined) return literal(schema.default);
  const text = oneLine(schema.description ?? '');
  const said = /\bdefaults? to (.*?)(?=[;,.] |[;,.]?$| \(| if | when | unless | otherwise)/i.exec(text)?.[1];
  if (said === undefined) return schema.type === 'boolean' ? 'false' : '- none';
  const bare = said.replace(/^the default /, '').replaceAll(/^['"`]|['"`]$/g, '');
  for (const [pattern, words] of SPOKEN) if (pattern.test(bare)) return `- ${bare.replace(pattern, words)}`;
  if (/^(true|false|\d+)$/.test(bare)) return bare;
  if (/^\d+[smh0-9]*$/.test(bare) || schema.enum?.includes(bare)) return `'${bare}'`;
  if (UNDEFINED.test(bare) || / /.test(bare))
    return `- ${bare.replaceAll(/["'`]/g, '').replace(/^\[.*\]Name$/, 'the name')}`;
  return /^['"`]/.test(said) && !/^[A-Z]/.test(bare) ? `'${bare}'` : `- ${bare}`;
}

/** A TSDoc comment. */
export function documentation(schema, standard, indent) {
  const parts = [safe(oneLine(schema.description ?? '')), safe(limits(schema))].filter((part) => part !== '');
  const lines = parts.flatMap((part, index) => [
    ...(index > 0 ? [''] : []),
    ...wrap(part, 110 - indent.length),
  ]);
  if (standard !== undefined) lines.push('', `@default ${safe(standard)}`);
  if (lines.length === 1) return `${indent}/** ${lines[0]} */`;
  return [
    `${indent}/**`,
    ...lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}`),
    `${indent} */`,
  ].join('\n');
}

/** What a schema allows beyond its type, in words. */
export function limits(schema) {
  const { minLength, maxLength, minItems, maxItems, minimum, maximum, pattern } = schema;
  const units = /\(((?:ms|s|m|h)(?:\|(?:ms|s|m|h))*)\)\)\+\$$/.exec(pattern ?? '')?.[1]?.split('|');
  if (units) return units.includes('h') ? '' : 'Allowed: minutes, seconds and milliseconds; no hours.';
  const parts = [
    between(minLength === 1 && maxLength === undefined ? undefined : minLength, maxLength, 'characters'),
    minLength === 1 && maxLength === undefined ? 'not empty' : '',
    between(minItems, maxItems, 'items'),
    between(minimum, maximum, ''),
    pattern === undefined ? '' : `must match \`${pattern}\``,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `Allowed: ${parts.join('; ')}.`;
}

function between(least, most, unit) {
  const amount =
    least === undefined
      ? most === undefined
        ? ''
        : `at most ${most}`
      : most === undefined
        ? `at least ${least}`
        : `${least} to ${most}`;
  const isOne = (least ?? most) === 1 && (most ?? least) === 1;
  return amount === '' ? '' : `${amount} ${isOne ? unit.replace(/s$/, '') : unit}`.trim();
}

function literal(value) {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

function oneLine(text) {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Text that ends no comment and starts no tag. */
function safe(text) {
  return text.replaceAll('*/', '*\\/').replaceAll(/(^|[^`\w])@(?=[a-z])/g, '$1\\@');
}

export function wrap(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== '' && line.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
