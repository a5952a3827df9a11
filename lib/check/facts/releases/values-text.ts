import { isMap } from '../../../plain/plain-data';
import { GoYamlError, parseAsGo } from '../../../yaml/parse-as-go';

/** Why Helm cannot read a text as values; `undefined` where it can. Nothing of it is quoted. */
export function valuesProblem(text: string): string | undefined {
  try {
    const values = parseAsGo(text);
    return values === null || isMap(values) ? undefined : 'its value is not a map';
  } catch (error) {
    if (!(error instanceof GoYamlError)) throw error;
    return `its value is not valid YAML: ${error.message}`;
  }
}

/**
 * What helm-controller makes of a text at a `targetPath` other than the text: it reads `path=text` as `--set` does, where
 * a comma ends a value and braces make a list; `undefined` where that is the text itself, or a list.
 *
 * @see https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set
 */
export function assignmentProblem(value: string): string | undefined {
  // helm-controller takes off quotes around the value, and reads what is in them as text.
  const text = /^(["'])[^]*\1$/.test(value) ? value.replace(/^["']+|(?<!["'])["']+$/g, '') : value;
  if (text.startsWith('{')) {
    const inside = text.replace(/\\./gs, '');
    if (!inside.includes('}')) return 'its value begins with "{", which starts a list, and no "}" ends it';
    return /^\{\s*"[^"]*"\s*:/.test(text) ? 'its value is JSON, which becomes a list of strings' : undefined;
  }
  const [, ...more] = text.replace(/\\./gs, '').split(',');
  if (more.every((part) => part === '')) return undefined;
  return more.every((part) => part === '' || part.includes('='))
    ? 'its value has a comma, and what follows it is set as another value'
    : 'its value has a comma, which ends the value, and what follows it is not valid';
}
