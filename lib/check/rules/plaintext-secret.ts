import type { AppliedObject, KustomizationBuild } from '../../graph/graph';
import { once } from '../../plain/once';
import { findPlaintextSecrets } from '../../sops/plaintext-guard';
import type { ManifestObject } from '../../tree/manifest';
import { fileOfEntry } from '../facts/generated-from';
import { placeInPatch } from '../facts/set-by-patch';
import type { Rule } from '../rule';

// Few objects contain one, and the two sides of a diff have most builds and objects in common.
const holdsPlaintext = once((object: ManifestObject) => findPlaintextSecrets(object).length > 0);

const holdersIn = once(({ inventory }: KustomizationBuild): readonly AppliedObject[] =>
  inventory.filter(({ object }) => holdsPlaintext(object)),
);

/** A Secret, or a credential in something else, that stands in the repository for all to read. */
export const plaintextSecret: Rule = {
  code: 'plaintext-secret',
  standsAlone: true,
  *check({ clusters, tree }) {
    for (const { build } of clusters.flatMap(({ kustomizations }) => kustomizations)) {
      for (const { object, location } of build ? holdersIn(build) : []) {
        for (const found of findPlaintextSecrets(object, location)) {
          const key = found.field?.slice('data.'.length) ?? '';
          const isGenerated = object.kind === 'Secret' || object.kind === 'ConfigMap';
          const file = isGenerated ? fileOfEntry(tree, object, location, key) : undefined;
          const source =
            file === undefined
              ? build && placeInPatch(tree, build, { object, location, field: found.field ?? '' })
              : { file };
          yield source === undefined ? found : { ...found, locations: [source, location] };
        }
      }
    }
  },
};
