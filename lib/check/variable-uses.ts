import type { AppliedObject, GraphNode } from '../graph/graph';
import { fieldPath } from '../schema/field-path';
import type { CheckContext } from './check-context';
import type { ClusterFacts } from './cluster-facts';
import { once } from './once';
import { textsWith } from './text-walk';

/** A variable that is left in an object, as nothing defines it. */
export interface LeftVariable {
  /** The Kustomization that applies the object. */
  readonly owner: GraphNode;
  readonly applied: AppliedObject;
  readonly name: string;
  readonly field: string;
  /**
   * How it comes to be left: `undefined`, Flux substitutes, and nothing defines it; `unknown`, what would define it is
   * not in the repository; `unsubstituted`, the Kustomization substitutes nothing, though others define the variable.
   */
  readonly why: 'undefined' | 'unknown' | 'unsubstituted';
  /** Whether the text around it is a script, a dashboard or a template, which means its own variables. */
  readonly isProgram: boolean;
}

const VARIABLE = /\$\{([A-Za-z_]\w*)\}/g;
/** Signs of a shell script, of a dashboard. */
const PROGRAM = /^#!|\$\(|\$\{\w+[[:#%/]|^\s*(?:fi|done|esac)\b|"(?:panels|templating|datasource)"/m;

/** The variables that are left in the objects of all clusters. Found once for each context. */
export const leftVariables = once(({ clusters }: CheckContext): readonly LeftVariable[] =>
  clusters.flatMap((facts) => {
    const defined = definedNames(facts);
    return facts.kustomizations.flatMap((owner) => [...leftBy(owner, defined)]);
  }),
);

/** All names that some Kustomization of a cluster defines. */
function definedNames({ kustomizations }: ClusterFacts): Set<string> {
  const variables = kustomizations.flatMap(({ build }) => build?.variables ?? []);
  return new Set(variables.flatMap(({ defined, secret }) => [...defined.keys(), ...secret]));
}

function* leftBy(owner: GraphNode, defined: ReadonlySet<string>): Iterable<LeftVariable> {
  const { variables, inventory = [] } = owner.build ?? {};
  const open = new Set(
    variables?.used.filter((use) => !use.defined && !use.hasDefault).map(({ name }) => name) ?? [],
  );
  const substitutes = variables !== undefined && (variables.used.length > 0 || !variables.complete);
  if (substitutes ? open.size === 0 : defined.size === 0) return;
  const why = !substitutes ? 'unsubstituted' : variables.complete ? 'undefined' : 'unknown';
  for (const applied of inventory) {
    for (const { name, field, text } of variablesIn(applied)) {
      if (!(substitutes ? open : defined).has(name)) continue;
      yield { owner, applied, name, field, why, isProgram: text.includes('\n') && PROGRAM.test(text) };
    }
  }
}

/** Each variable of an object once, where it stands first. */
function variablesIn({ object }: AppliedObject): { name: string; field: string; text: string }[] {
  const found = new Map<string, { name: string; field: string; text: string }>();
  for (const { path, text } of textsWith(object, '${')) {
    for (const [, name = ''] of text.matchAll(VARIABLE)) {
      if (!found.has(name)) found.set(name, { name, field: fieldPath(path), text });
    }
  }
  return [...found.values()];
}
