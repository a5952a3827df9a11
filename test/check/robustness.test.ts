import { checkFiles, readRulePage, rulePages } from './rule-pages';

const odd = ['null', '[]', '{}', '3', 'true', '[1, { a: b }]', '{ a: { b: 1 } }', '"${X}"'];

/** Integers that a number does not hold. */
const large = ['12345678901234567890', '{ a: 12345678901234567890 }', '[12345678901234567890]'];

/** Names with a meaning in JavaScript: it cannot make a text of a map with one of its own. */
const ofJavaScript = ['{ toString: x }', 'constructor', '[{ toString: x }]', '{ constructor: x }'];

/** The files, with one value after the other replaced by something that does not belong there. */
function* mutations(
  files: Readonly<Record<string, string>>,
  values: readonly string[],
): Iterable<Readonly<Record<string, string>>> {
  let turn = 0;
  for (const [path, text] of Object.entries(files)) {
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      const key = /^(\s*(?:- )?[\w$./-]+:)/.exec(line)?.[1];
      // Every third line is enough to meet each kind of field, and does not take long.
      if (key === undefined || path === 'cdk8s-flux.yaml' || index % 3 !== turn++ % 3) continue;
      const changed = [...lines];
      changed[index] = `${key} ${values[turn % values.length]}`;
      yield { ...files, [path]: changed.join('\n') };
    }
  }
}

describe('a check', () => {
  it.each(rulePages())('throws nothing, whatever the files contain: %s', (code) => {
    const { bad } = readRulePage(code);
    for (const files of [...mutations(bad, odd), ...mutations(bad, large), ...mutations(bad, ofJavaScript)])
      expect(() => checkFiles(files)).not.toThrow();
  });
});
