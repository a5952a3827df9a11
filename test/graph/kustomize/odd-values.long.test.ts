import { oddFiles } from '../../tools/odd-values';
import { buildFolder } from '../tree-of';
import { kustomizeCases, withBase } from './kustomize-cases';

describe('no value of a folder stops its build', () => {
  it.each(kustomizeCases().map(([each], index) => [each.name, each, index] as const))(
    '%s',
    (_name, { folder, files }, index) => {
      for (const { change, files: odd } of oddFiles(files, index)) {
        const build = () => buildFolder(withBase(odd), folder);
        expect([change, texts(build).filter((text) => /undefined|\[object|NaN/.test(text))]).toEqual([
          change,
          [],
        ]);
      }
    },
  );
});

/** What is said of a build, or that it stops. */
function texts(build: () => ReturnType<typeof buildFolder>): readonly string[] {
  try {
    return build().findings.map(({ message, hint = '' }) => `${message} => ${hint}`);
  } catch (error) {
    return [`[object of an error] ${(error as Error).stack ?? ''}`];
  }
}
