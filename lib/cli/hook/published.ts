import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { RECORD_FILE } from '../../publish/names';
import { parseRecord } from '../../publish/record';
import type { Git } from '../../revisions/git';

const isRecord = (path: string): boolean => basename(path) === RECORD_FILE;

/**
 * Whether synth wrote a file, by the records of the working tree, and by those of the index for what it has removed since.
 * The records list paths from the folder of the project.
 *
 * @param folder - the folder of the project from the top of the repository, `''` where they are one
 */
export function publishedFiles(git: Git, folder: string): (path: string) => boolean {
  const all = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const records = namesOf(git, all).filter(isRecord);
  const changed = namesOf(git, ['diff', '--name-only', '-z', '--no-ext-diff', '--no-textconv']).filter(
    isRecord,
  );
  const staged = changed.map((path) => git.run(['cat-file', 'blob', `:${path}`]).output.toString('utf8'));
  const texts = [...records.map((path) => textOf(join(git.top, path))), ...staged];
  const prefix = folder === '' ? '' : `${folder}/`;
  const files = new Set(
    texts.flatMap((text) => [...(parseRecord(text, RECORD_FILE)?.keys() ?? [])].map((path) => prefix + path)),
  );
  return (path) => isRecord(path) || files.has(path);
}

/** The names that a command of git prints with `-z`. */
export function namesOf(git: Git, args: readonly string[]): string[] {
  return git.output(args).toString('utf8').split('\0').filter(Boolean);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
