import type { Finding } from '../../findings/finding';
import { nameOf } from '../../findings/object-name';
import type { AppliedObject, GraphNode, KustomizationBuild } from '../../graph/graph';
import { groupBy } from '../../plain/group-by';
import { once } from '../../plain/once';
import { isExampleFolder } from '../../graph/entries/example-folders';
import { gitFilter } from '../../graph/sources/git-ignore';
import { lineOfPrivateKey } from '../../sops/key-in-text';
import { findPlaintextSecrets } from '../../sops/plaintext-guard';
import type { ManifestObject } from '../../tree/manifest';
import { directoryOf } from '../../tree/path';
import type { TreeFile } from '../../tree/tree-file';
import { builtPaths } from '../facts/files/built-paths';
import { unencryptedCopies } from '../facts/files/unencrypted-copies';
import { fileOfEntry } from '../facts/files/generated-from';
import { placeInPatch } from '../facts/patches/set-by-patch';
import type { CheckContext } from '../check-context';
import type { Rule, RuleFinding } from '../rule';

// Few objects contain one, and the two sides of a diff have most builds and objects in common.
const holdsPlaintext = once((object: ManifestObject) => findPlaintextSecrets(object).length > 0);

const holdersIn = once(({ inventory }: KustomizationBuild): readonly AppliedObject[] =>
  inventory.filter(({ object }) => holdsPlaintext(object)),
);

/** A Secret, or a credential in something else, that stands in the repository for all to read. */
export const plaintextSecret: Rule = {
  code: 'plaintext-secret',
  standsAlone: true,
  *check(context) {
    for (const { cluster, kustomizations } of context.clusters) {
      for (const owner of kustomizations) {
        const { build } = owner;
        for (const applied of build ? holdersIn(build) : []) {
          const found = findPlaintextSecrets(applied.object, applied.location)
            // A patch that cannot be read may replace the value, as a patch of the other builds does.
            .filter((one) => build?.failure === undefined || !isReplaced(context, applied, one))
            .map((one) => placed(context, owner, applied, one));
          for (const one of applied.object.kind === 'Secret' ? ofOneFile(found) : found)
            yield { ...one, cluster: cluster.name, cause: causeOf(applied) };
        }
      }
    }
    if (context.options.partial) return;
    yield* keysOutsideBuilds(context);
    yield* copiesOutsideBuilds(context);
  },
};

/** Makes one finding of those of a Secret that are in the same file, as the fix is to encrypt the file. */
function ofOneFile(found: readonly Finding[]): Finding[] {
  return [...groupBy(found, ({ locations: [place] }) => place?.file).values()].map((same) => {
    const [first, ...more] = same as [Finding];
    if (more.length === 0) return first;
    return { ...first, message: first.message.replace(IN_PLAIN_TEXT, ` and ${more.length} more$&`) };
  });
}

const IN_PLAIN_TEXT = / in plain text$/;

/** What findings about the values of one object have in common. */
function causeOf({ identity }: AppliedObject): string {
  return `${nameOf(identity)} contains several credentials in plain text`;
}

/** Private keys in files that nothing builds, such as a Secret or a configuration of machines that people apply by hand. */
function* keysOutsideBuilds(context: CheckContext): Iterable<RuleFinding> {
  for (const file of [...context.tree.files, ...filesOfKeys(context)]) {
    if (isLeftOut(context, file.path)) continue;
    const line = lineOfPrivateKey(file.bytes);
    if (line === undefined || !isKept(context, file.path)) continue;
    yield {
      severity: 'warning',
      locations: [{ file: file.path, line }],
      message: 'contains a private key in plain text',
      hint: 'encrypt the file with sops, or keep it out of git; if it was in git, replace the key with a new one',
    };
  }
}

const KEY_FILE = /\.(?:age|agekey|asc|gpg|key|pgp|txt)$|(?:^|\/)(?:age|keys?)$/i;

/** Files that are no manifests, and have a key that decrypts files of sops. */
function filesOfKeys({ tree }: CheckContext): TreeFile[] {
  const manifests = new Set(tree.files.map(({ path }) => path));
  const paths = [...tree.paths].filter((path) => KEY_FILE.test(path) && !manifests.has(path)).sort();
  return paths
    .flatMap((path) => tree.get(path) ?? [])
    .filter(({ bytes }) => bytes.includes('AGE-SECRET-KEY-') || bytes.includes('PGP PRIVATE KEY BLOCK'));
}

/** Secrets in plain text beside the encrypted ones. */
function* copiesOutsideBuilds(context: CheckContext): Iterable<RuleFinding> {
  for (const { path, line, original } of unencryptedCopies(context.tree)) {
    if (isLeftOut(context, path) || !isKept(context, path)) continue;
    yield {
      severity: 'warning',
      locations: [{ file: path, line }],
      message: `contains in plain text what ${JSON.stringify(original)} has encrypted`,
      hint: 'remove the file; if it was in git, replace the values with new ones',
    };
  }
}

/** Whether a build has the file, which is examined there, or it is an example. */
function isLeftOut(context: CheckContext, path: string): boolean {
  return builtPaths(context).has(path) || isExampleFolder(directoryOf(path));
}

/** Whether git keeps a file: programs write keys into files beside the repository, such as the configurations of machines. */
function isKept({ tree }: CheckContext, path: string): boolean {
  return gitFilter(tree)(path);
}

/** The finding, with the file that sets the value first. */
function placed(
  { tree }: CheckContext,
  owner: GraphNode,
  { object, location }: AppliedObject,
  found: Finding,
): Finding {
  const key = found.field?.slice('data.'.length) ?? '';
  const isGenerated = object.kind === 'Secret' || object.kind === 'ConfigMap';
  const file = isGenerated ? fileOfEntry(tree, object, location, key) : undefined;
  const { build } = owner;
  const source =
    file === undefined
      ? build && placeInPatch(tree, build, { object, location, field: found.field ?? '', owner })
      : { file };
  return source === undefined ? found : { ...found, locations: [source, location] };
}

/** Whether builds that Flux can apply have the object too, and none of them the value. */
function isReplaced(context: CheckContext, { location }: AppliedObject, { field }: Finding): boolean {
  const same = objectsByPlace(context).get(placeOf(location)) ?? [];
  return (
    same.length > 0 && !same.some((object) => findPlaintextSecrets(object).some((one) => one.field === field))
  );
}

const placeOf = ({ file, line }: AppliedObject['location']): string => JSON.stringify([file, line]);

/** The objects of builds that Flux can apply, by the place of each. */
const objectsByPlace = once(({ clusters }: CheckContext): ReadonlyMap<string, readonly ManifestObject[]> => {
  const builds = clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ build }) => build ?? []));
  const applied = builds.flatMap(({ failure, inventory }) => (failure === undefined ? inventory : []));
  const groups = groupBy(applied, ({ location }) => placeOf(location));
  return new Map([...groups].map(([place, all]) => [place, all.map(({ object }) => object)]));
});
