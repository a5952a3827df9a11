import { readdirSync } from 'node:fs';

/** The folder with real repositories; `undefined` if the machine has none. */
export const repositories: string | undefined = process.env['FLUX_REPOS'];

/** The names of the real repositories. */
export const repositoryNames: readonly string[] = repositories
  ? readdirSync(repositories, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    )
  : [];
