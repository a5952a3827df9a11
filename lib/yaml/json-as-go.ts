import { isMap, mapList, mapValues } from '../plain/plain-data';
import { GoYamlError } from './parse-as-go';

/** Characters that yaml.v2 refuses in the JSON of an object, which contains them as they are. */
const REFUSED = /[\x7f-\x84\x86-\x9f\ufffe\uffff]/;
const NEXT_LINES = / *\u0085[ \u0085]*/g;
/** What kyaml prints as a block, if no line ends with a space. */
const BLOCK =
  /^[\t\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*\n[\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;

/** Whether kyaml refuses or changes a text that it prints and reads again. */
export function isChangedByGo(text: string): boolean {
  return /[\x7f-\x9f\ufffe\uffff]/.test(text) || startsWithTab(text);
}

/** A text that kyaml prints as a block, and cannot read again because of a tab at its start. */
function startsWithTab(text: string): boolean {
  return text.startsWith('\t') && BLOCK.test(text) && !/ (?:\n|$)/.test(text);
}

/**
 * Plain data as `sigs.k8s.io/yaml` and kyaml pass it on: they read JSON as YAML, in which a next line (U+0085) is a line
 * end, and folded.
 *
 * @throws GoYamlError where they cannot read it
 */
export function readJsonAsGo(value: unknown): unknown {
  if (typeof value === 'string') return readText(value);
  if (Array.isArray(value)) return mapList(value, readJsonAsGo);
  if (!isMap(value)) return value;
  for (const key of Object.keys(value))
    if (REFUSED.test(key) || key.includes('\u0085')) throw new GoYamlError(NO_CONTROLS);
  return mapValues(value, readJsonAsGo);
}

const NO_CONTROLS = 'control characters are not allowed';

/** Why kyaml does not read a text that it printed; `undefined` if it does. */
export function goTextProblem(text: string): string | undefined {
  if (REFUSED.test(text)) return NO_CONTROLS;
  return startsWithTab(text)
    ? 'a text of several lines starts with a tab, and Flux cannot read that again'
    : undefined;
}

function readText(text: string): string {
  const problem = goTextProblem(text);
  if (problem !== undefined) throw new GoYamlError(problem);
  return text.includes('\u0085') ? text.replace(NEXT_LINES, folded) : text;
}

function folded(run: string): string {
  const count = run.split('\u0085').length - 1;
  return count === 1 ? ' ' : '\n'.repeat(count - 1);
}
