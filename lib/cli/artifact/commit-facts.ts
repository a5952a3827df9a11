import { fail } from '../../findings/findings-error';
import type { ArtifactFacts } from '../../oci/artifact';
import type { Git } from '../../revisions/git';
import type { CommitSource } from './open-contents';

/**
 * Where an artifact comes from: the commit, its date and the address of the repository. Nothing of the machine or the clone
 * is in it, so that everyone who builds a commit gets the same artifact.
 *
 * @throws FindingsError `option-invalid` where SOURCE_DATE_EPOCH is not a number of seconds
 */
export function commitFacts(
  source: CommitSource | undefined,
  env: Readonly<Record<string, string | undefined>>,
): ArtifactFacts {
  const epoch = env.SOURCE_DATE_EPOCH;
  const stated = epoch === undefined || epoch === '' ? undefined : dateOf(Number(epoch));
  if (!source) return { created: stated };
  const { git, commit } = source;
  const seconds = git.output(['show', '--no-patch', '--format=%ct', commit]).toString('utf8').trim();
  const algorithm = commit.length === 40 ? 'sha1' : 'sha256';
  return {
    created: stated ?? dateOf(Number(seconds)),
    source: originOf(git),
    revision: `${algorithm}:${commit}`,
  };
}

/** @see https://reproducible-builds.org/specs/source-date-epoch/ */
function dateOf(seconds: number): string {
  if (Number.isSafeInteger(seconds) && seconds >= 0 && seconds < 253_402_300_800)
    return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  return fail({
    code: 'option-invalid',
    field: 'SOURCE_DATE_EPOCH',
    message: 'the variable SOURCE_DATE_EPOCH is not a number of seconds since 1970',
    hint: 'unset it, or set it to the output of: git log -1 --format=%ct',
  });
}

/** The address of the repository as a browser has it: the same for clones over HTTPS and SSH, and without credentials. */
export function originOf(git: Git): string | undefined {
  const { isOk, output } = git.run(['config', '--get', 'remote.origin.url']);
  return isOk ? webAddress(output.toString('utf8').trim()) : undefined;
}

/** The address of a remote as a browser has it; `undefined` for a folder. */
export function webAddress(remote: string): string | undefined {
  const scp = /^(?:[^@/:]+@)?([^/:@]+):(?!\/)(.+)$/.exec(remote);
  const url = /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/@]+)\/+(.+)$/.exec(remote);
  const [, host = '', path = ''] = url ?? scp ?? [];
  if (host === '' || (scp && !url && /^[A-Za-z]$/.test(host))) return undefined;
  const isSsh = !/^https?:/.test(remote);
  const name = isSsh ? host.replace(/:\d+$/, '') : host;
  return `https://${name}/${path.replace(/\/+$/, '').replace(/\.git$/, '')}`;
}
