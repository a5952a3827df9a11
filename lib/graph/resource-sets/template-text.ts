import { valueAt, type PlainMap } from '../../plain/plain-data';

/** An input in a template, as it is or through one function: `<< inputs.tenant >>`, `<< inputs.version | quote >>`. */
const EXPRESSION = /<<\s*inputs((?:\.[A-Za-z_]\w*){1,50})\s*(?:\|\s*(quote|int|toString)\s*)?>>/g;

/** Numbers that Go prints with an exponent. */
const LARGE = 1e6;

/**
 * Puts inputs into a template of a ResourceSet. `undefined` if the template does more than that, or if an input does not
 * exist: only the operator knows what comes out then.
 *
 * @param longest - how long the result may be
 * @see https://fluxoperator.dev/docs/crd/resourceset/#templating-functions
 */
export function fillTemplate(
  template: string,
  inputs: PlainMap | undefined,
  longest: number,
): string | undefined {
  let length = template.length;
  let isKnown = length <= longest;
  const filled = template.replace(EXPRESSION, (_, path: string, change: string | undefined) => {
    if (!isKnown) return '';
    const text = textFor(valueAt(inputs, ...path.slice(1).split('.')), change);
    length += text?.length ?? 0;
    isKnown = text !== undefined && length <= longest;
    return text ?? '';
  });
  return isKnown && !template.replace(EXPRESSION, '').includes('<<') ? filled : undefined;
}

/**
 * The inputs that a template names, each as its path; none if the template does more than to name inputs, because it may then
 * name some under a condition.
 */
export function inputsNamedIn(template: string): readonly (readonly string[])[] {
  if (template.replace(EXPRESSION, '').includes('<<')) return [];
  const paths = new Set([...template.matchAll(EXPRESSION)].map(([, path = '']) => path.slice(1)));
  return [...paths].map((path) => path.split('.'));
}

function textFor(value: unknown, change: string | undefined): string | undefined {
  const text = printed(value);
  if (text === undefined) return undefined;
  if (change === 'quote') return /^[\x20-\x7e]*$/.test(text) ? JSON.stringify(text) : undefined;
  if (change === 'int') return /^(?:0|-?[1-9]\d{0,14})$/.test(text) ? text : undefined;
  return text;
}

function printed(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const isPlain =
    typeof value === 'boolean' || (Number.isInteger(value) && Math.abs(value as number) < LARGE);
  return isPlain ? String(value) : undefined;
}
