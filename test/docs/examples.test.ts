import { checkTree } from '../../lib/check/check-tree';
import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';
import { examplesOf, runExample, runWhole, typeErrors } from './examples';
import { filesOf, handWrittenFilesOf, pages } from './pages';

/** Findings that go away only by publishing: records or other files name the entry paths, and secrets are encrypted. */
const UNPUBLISHED: ReadonlySet<string> = new Set([
  'entry-guessed',
  'entry-not-found',
  'plaintext-secret',
  'schema-format',
]);

const examples = pages().flatMap(examplesOf);

describe('the pages', () => {
  it('have examples that compile', () => {
    expect(examples.length).toBeGreaterThanOrEqual(5);
    expect(typeErrors(examples)).toEqual([]);
  }, 120_000);

  it.each(examples.map((example) => [example.name, example] as const))(
    'have an example that runs: %s',
    (_, example) => {
      expect(() => runExample(example)).not.toThrow();
      if (example.code.includes('.synth()')) expect(runExample(example)).not.toEqual({});
    },
  );

  it.each(pages().filter((page) => Object.keys(filesOf(page)).length > 0))(
    'show the YAML that the examples generate: %s',
    (page) => {
      const made = Object.assign({}, ...examplesOf(page).map(runExample)) as Record<string, string>;
      for (const [path, yaml] of Object.entries(filesOf(page)))
        expect({ path, yaml }).toEqual({ path, yaml: made[path] });
    },
  );

  it.each(
    examples
      .filter(({ name, code }) => !name.startsWith('docs/kinds/') && code.includes('.synth()'))
      .map((example) => [example.name, example] as const),
  )('have an example without findings of check: %s', (_, example) => {
    const { files, entries } = runWhole(example);
    const all = { ...handWrittenFilesOf(example.page), ...files };
    const tree = new Tree(Object.entries(all).map(([path, text]) => TreeFile.fromBytes(path, text)));
    const { findings } = checkTree(tree, { entries });
    const told = findings.filter(({ code }) => !UNPUBLISHED.has(code));
    expect(told.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  });
});
