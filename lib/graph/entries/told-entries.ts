import { directoryOf, isBelow } from '../../tree/path';
import { apiGroup } from '../../tree/manifest';
import { fluxNodeType } from '../kinds';
import { bootstrapPaths } from './bootstrap-commands';
import type { Entry } from './entry';
import { isExampleFolder } from './example-folders';
import { namedEntry } from './named-entries';
import { pathsLike } from './place-sync';
import type { Repository } from './repository';

/**
 * Corrects a guess by the paths that command lines give to `flux bootstrap`, if these exist. Of what else was guessed,
 * the folders beside such a path stay, as other clusters; those around and inside it belong to it, and the rest is
 * applied from it or by hand.
 */
export function correctGuess(guess: readonly Entry[], repository: Repository): Entry[] {
  const told = toldPaths(repository);
  if (told.size === 0) return [...guess];
  const entries = [...told].map(([path, toldBy]) => {
    const own = guess.find((entry) => entry.path === path) ?? namedEntry(path, [], repository);
    return { ...own, toldBy };
  });
  const isOther = ({ path }: Entry) =>
    entries.every((one) => !isBelow(path, one.path) && !isBelow(one.path, path)) &&
    entries.some((one) => directoryOf(one.path) === directoryOf(path));
  return [...entries, ...guess.filter(isOther)];
}

/** The paths that exist, with the files that name them. One with variables is that of each folder that it fits. */
function toldPaths(repository: Repository): ReadonlyMap<string, string> {
  const told = new Map<string, string>();
  for (const { path, file } of bootstrapPaths(repository.tree)) {
    const paths = path.includes('${}')
      ? pathsLike(path, repository).filter((folder) => appliesFlux(folder, repository))
      : [path].filter(repository.has);
    for (const one of paths) if (!isExampleFolder(one) && !told.has(one)) told.set(one, file);
  }
  return told;
}

function appliesFlux(folder: string, { whole }: Repository): boolean {
  return whole.builder
    .build(folder)
    .resources.some(({ object }) => fluxNodeType(apiGroup(object.apiVersion), object.kind) !== undefined);
}
