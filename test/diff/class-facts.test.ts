import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CHANGE_CLASSES } from '../../lib/diff/change';
import { CLASS_FACTS, CLASS_SECTIONS } from '../../lib/diff/class-facts';
import type { ExampleFiles } from '../../lib/diff/class-facts/facts';
import { policyChanges } from '../../lib/diff/policy-changes';
import { findProject } from '../../lib/config/project';
import { parseDocuments } from '../../lib/yaml/parse';
import { changesOf, diffOf } from './pair-of-trees';

const page = readFileSync(join(__dirname, '../../docs/diff-classes.md'), 'utf8');

/** The classes of the changes between some files. */
function classesOf(before: ExampleFiles, after: ExampleFiles): string[] {
  const settings = [before, after].map((files) => files['cdk8s-flux.yaml']);
  if (settings[0] !== undefined) return policyOf(settings).map((change) => change.class);
  const gone = Object.keys(before).flatMap((path) => (path in after ? [] : [[path, undefined]]));
  return changesOf(diffOf(before, { ...after, ...Object.fromEntries(gone) })).map((change) => change.class);
}

function policyOf(texts: readonly (string | undefined)[]) {
  const [base, head] = texts.map((text) => ({
    ...findProject(__dirname),
    check: (parseDocuments(text ?? '', '')[0]?.value as { check: object }).check,
  }));
  return policyChanges(base as never, head as never);
}

describe('the facts of the classes', () => {
  it('exist for every class once, in the order of reports within each section', () => {
    const sections = Object.values(CLASS_SECTIONS).map((classes) => Object.keys(classes));
    expect(sections.flat().sort()).toEqual([...CHANGE_CLASSES].sort());
    for (const names of sections) {
      const positions = names.map((name) => CHANGE_CLASSES.findIndex((known) => known === name));
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
    }
  });

  it('are on the page', () => {
    for (const name of CHANGE_CLASSES) expect(page).toContain(`### \`${name}\`\n`);
  });

  const examples = Object.entries(CLASS_FACTS).flatMap(([name, { example }]) =>
    example ? [{ name, ...example }] : [],
  );

  it('have an example, except for whole clusters', () => {
    const without = CHANGE_CLASSES.filter((name) => CLASS_FACTS[name].example === undefined);
    expect(without).toEqual(['cluster-removed', 'cluster-added']);
  });

  it.each(examples)('show a change that is $name', ({ name, before, after }) => {
    expect(classesOf(before, after)).toContain(name);
  });

  it.each(examples.filter(({ instead }) => instead))(
    'show a change that is not $name',
    ({ name, before, instead }) => {
      expect(classesOf(before, instead as ExampleFiles)).not.toContain(name);
    },
  );

  it.each(CHANGE_CLASSES)('have a test of %s', (name) => {
    const folders = [__dirname, join(__dirname, 'classes'), join(__dirname, '../cli')];
    const tests = folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => file.endsWith('.test.ts') && file !== basename(__filename))
        .map((file) => readFileSync(join(folder, file), 'utf8')),
    );
    expect(tests.some((text) => text.includes(`'${name}`))).toBe(true);
  });
});
