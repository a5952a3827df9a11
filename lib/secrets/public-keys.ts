import { runKeyTasks, type KeyTask } from '../sops/keys/key-task';
import { PrivateKeys } from '../sops/keys/private-keys';
import type { LoadedTree } from '../tree/loaded-tree';

/** Where repositories keep PGP public keys: `keys/home.asc`, or `.sops.pub.asc` as in Flux's guide. */
const KEY_FILE = /\.(?:asc|gpg|pgp|pub)$/;

/** The PGP public keys that lie in a repository, ASCII-armored, by the fingerprints of the keys and their subkeys. */
export function findPublicKeys(tree: LoadedTree): Map<string, string> {
  const armored = [...tree.otherPaths]
    .filter((path) => KEY_FILE.test(path))
    .sort()
    .flatMap((path) => tree.get(path)?.bytes.toString('utf8') ?? [])
    .filter((text) => text.includes('-----BEGIN PGP PUBLIC KEY BLOCK-----'));
  if (armored.length === 0) return new Map();
  return new Map(runKeyTasks(armored.map(identifyTask), PrivateKeys.none).flat());
}

function* identifyTask(publicKey: string): KeyTask<[fingerprint: string, publicKey: string][]> {
  const [answer] = yield [{ op: 'identify', publicKey }];
  return answer?.ok ? (answer.fingerprints ?? []).map((fingerprint) => [fingerprint, publicKey]) : [];
}
