import { goRegexProblem } from '../../plain/go-regex';
import { textsAt, valuesAt, type ObjectRule } from './object-rule';

/** What a template names with `$`, or a dollar sign, in the form of Go. */
const REFERENCE = /\$\$|\$(?:([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu;

/** Quoted text, an escaped character, a class, or the start of a group, with its name if it has one. */
const TOKEN = /\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\\[^]|\[:\^?\w+:\]|[^\]\\])*\]|\(\?P?<(\w+)>|\((?!\?)/g;

/** What an ImagePolicy extracts from tags must be groups of its pattern: all others are empty. */
export const tagGroups: ObjectRule = (object, report) => {
  const pattern = valuesAt(object, 'spec.filterTags.pattern')[0]?.value ?? '';
  if (typeof pattern !== 'string' || report.isPlaceholder(pattern)) return;
  if (goRegexProblem(pattern) !== undefined) return;
  for (const { text, path } of textsAt(object, 'spec.filterTags.extract', report)) {
    const groups = groupsOf(pattern);
    const missing = namesIn(text).find((name) => !groups.has(name));
    if (missing === undefined) continue;
    report.add(
      {
        code: 'schema-rule',
        got: JSON.stringify(text),
        message: `the pattern ${JSON.stringify(pattern)} has no group ${JSON.stringify(missing)}, so nothing is extracted for it from any tag`,
        hint: 'put what is extracted in parentheses, as (?P<version>.*) for $version; without extract, the whole tag is used',
      },
      ...path,
    );
  }
};

/** The names and numbers of groups; 0 is the whole match. */
function groupsOf(pattern: string): ReadonlySet<string> {
  const groups = [...pattern.matchAll(TOKEN)].filter(([token]) => token.startsWith('('));
  return new Set(['0', ...groups.flatMap(([, name], index) => [String(index + 1), name ?? ''])]);
}

function namesIn(template: string): string[] {
  return [...template.matchAll(REFERENCE)].flatMap(([, plain, braced]) => plain ?? braced ?? []);
}
