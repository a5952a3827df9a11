import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersOf } from '../../tools/answers';
import { oddFiles } from '../../tools/odd-values';
import { buildFolder } from '../tree-of';

interface Case {
  readonly name: string;
  readonly folder: string;
  readonly files: Readonly<Record<string, string>>;
}

const BASE = join(__dirname, '../answers/base');
const base = Object.fromEntries(
  readdirSync(BASE).map((name) => [`base/${name}`, readFileSync(join(BASE, name), 'utf8')]),
);

describe('no value of a folder stops its build', () => {
  it.each(
    answersOf<Case, string>('graph/kustomize').map(([each], index) => [each.name, each, index] as const),
  )('%s', (_name, { folder, files }, index) => {
    for (const { change, files: odd } of oddFiles(files, index)) {
      const build = () => buildFolder({ ...base, ...odd }, folder);
      expect([change, texts(build).filter((text) => /undefined|\[object|NaN/.test(text))]).toEqual([
        change,
        [],
      ]);
    }
  });
});

/** What is said of a build, or that it stops. */
function texts(build: () => ReturnType<typeof buildFolder>): readonly string[] {
  try {
    return build().findings.map(({ message, hint = '' }) => `${message} => ${hint}`);
  } catch (error) {
    return [`[object of an error] ${(error as Error).stack ?? ''}`];
  }
}
