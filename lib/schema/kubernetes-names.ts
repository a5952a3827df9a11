const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAME_PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/**
 * The forms that names in Kubernetes have
 * (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/).
 */
export type NameForm = 'dns-subdomain' | 'dns-label' | 'path-segment';

/** What is wrong with a name; `undefined` when nothing is. */
export function nameProblem(name: string, form: NameForm): string | undefined {
  if (form === 'path-segment') {
    if (name === '.' || name === '..' || /[/%]/.test(name))
      return 'it must not be "." or "..", and must not contain "/" or "%"';
    return name === '' ? 'it is empty' : undefined;
  }
  const limit = form === 'dns-subdomain' ? 253 : 63;
  if (name.length > limit) return `it has ${name.length} characters; at most ${limit} are allowed`;
  if (form === 'dns-label') {
    return LABEL.test(name)
      ? undefined
      : 'use lower-case letters, digits and "-", and start and end with a letter or digit';
  }
  if (SUBDOMAIN.test(name)) return undefined;
  return 'use lower-case letters, digits, "-" and ".", and start and end each part with a letter or digit';
}

/** What is wrong with the key of a label or an annotation, such as `app.kubernetes.io/name`. */
export function qualifiedNameProblem(key: string): string | undefined {
  const parts = key.split('/');
  const name = parts.pop()!;
  if (parts.length > 1) return 'it has more than one "/"';
  const [prefix] = parts;
  if (prefix !== undefined && nameProblem(prefix, 'dns-subdomain'))
    return 'the part before "/" must be a DNS name';
  if (name.length > 63) return `its name has ${name.length} characters; at most 63 are allowed`;
  if (NAME_PART.test(name)) return undefined;
  return 'use letters, digits, "-", "_" and ".", and start and end with a letter or digit';
}

/** What is wrong with the value of a label. */
export function labelValueProblem(value: string): string | undefined {
  if (value.length > 63) return `it has ${value.length} characters; at most 63 are allowed`;
  if (value === '' || NAME_PART.test(value)) return undefined;
  return 'use letters, digits, "-", "_" and ".", and start and end with a letter or digit';
}

/** A name of a form that is close to what was meant, for a hint. */
export function suggestName(name: string, form: NameForm): string {
  const cleaned = name
    .toLowerCase()
    .replace(form === 'dns-label' ? /[^a-z0-9-]+/g : /[^a-z0-9.-]+/g, '-')
    .replace(/^[-.]+/, '')
    .slice(0, 63)
    .replace(/[-.]+$/, '');
  return cleaned === '' ? 'my-name' : cleaned;
}
