import type { EdgeKind } from '../../graph/graph';
import { nameOf } from '../../findings/object-name';
import { atNode } from '../at-node';
import { renamedFrom } from '../facts/renamed-objects';
import { isMadeUnseen } from '../facts/unseen-config';
import type { Rule } from '../rule';

/** The references whose names kustomize does not change. */
const REFERENCES: readonly EdgeKind[] = ['values-from', 'substitute-from', 'secret', 'config-map'];

/** A name with the hash of kustomize. */
const HASHED = /-[2456789bcdfghkmt]{10}$/;

/** A reference to a ConfigMap or Secret by its name in the file, while the build gives it another one. */
export const referenceRenamed: Rule = {
  code: 'reference-renamed',
  *check(context) {
    for (const facts of context.clusters) {
      for (const { from, to, field, optional } of REFERENCES.flatMap((kind) => facts.edges(kind))) {
        const [source, target] = [facts.node(from), facts.node(to)];
        if (!source || optional || target?.state !== 'missing') continue;
        const renamed = renamedFrom(facts, target.identity);
        if (!renamed || isMadeUnseen(context, facts, target.identity, source)) continue;
        const { kind, name } = renamed.identity;
        yield {
          ...atNode(source, field),
          cluster: facts.cluster.name,
          message: `refers to ${nameOf(target.identity)}, but the build names it ${JSON.stringify(name)}, and does not change the reference`,
          hint:
            HASHED.test(name) && name.replace(HASHED, '') === target.identity.name
              ? `set disableNameSuffixHash: true in the options of the generator, or add a nameReference for ${source.identity.kind} to the configurations of the kustomization.yaml`
              : `correct the reference, or keep the name of the ${kind}`,
        };
      }
    }
  },
};
