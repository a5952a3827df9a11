import { ciFiles } from './ci-files';
import { codeFiles } from './code-files';
import type { InitOptions } from './init-options';
import { settingFiles } from './setting-files';

/** The files of a new project, by path from its folder. */
export function projectFiles(options: InitOptions): ReadonlyMap<string, string> {
  const files = { ...settingFiles(options), ...codeFiles(options), ...ciFiles(options.ci) };
  return new Map(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
}
