import type { IdentifiedKeys } from '../sops/keys/key-request';
import { runKeyTasks, type KeyTask } from '../sops/keys/key-task';
import { PrivateKeys } from '../sops/keys/private-keys';
import type { LoadedTree } from '../tree/loaded-tree';

/** The usual paths of PGP public keys: `keys/home.asc`, or `.sops.pub.asc` as in Flux's guide. */
const KEY_FILE = /\.(?:asc|gpg|pgp|pub)$/;

/**
 * The PGP public keys that lie in a repository, ASCII-armored, by the fingerprints of the keys and their subkeys. Anybody
 * can list another's key as a subkey: a file whose primary key it is goes first.
 */
export function findPublicKeys(tree: LoadedTree): Map<string, string> {
  const armored = [...tree.otherPaths]
    .filter((path) => KEY_FILE.test(path))
    .sort()
    .flatMap((path) => tree.get(path)?.bytes.toString('utf8') ?? [])
    .filter((text) => text.includes('-----BEGIN PGP PUBLIC KEY BLOCK-----'));
  if (armored.length === 0) return new Map();
  const identified = runKeyTasks(armored.map(identifyTask), PrivateKeys.none);
  const found = new Map<string, string>();
  for (const part of ['primary', 'subkeys'] as const) {
    identified.forEach((keys, index) => {
      for (const fingerprint of keys?.[part] ?? [])
        if (!found.has(fingerprint)) found.set(fingerprint, armored[index] as string);
    });
  }
  return found;
}

function* identifyTask(publicKey: string): KeyTask<IdentifiedKeys | undefined> {
  const [answer] = yield [{ op: 'identify', publicKey }];
  return answer?.ok ? answer.identified : undefined;
}
