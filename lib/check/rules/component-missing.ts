import { DEFAULT_COMPONENTS, type FluxComponent } from '../../kinds/components';
import { fluxKind } from '../../kinds/flux-kinds';
import { atNode } from '../at-node';
import { fluxInstallation } from '../facts/installation/flux-installation';
import type { Rule } from '../rule';

/** The controllers that apply objects at all. They run wherever objects are applied, whatever the repository shows. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(['source-controller', 'kustomize-controller']);

/** An object of Flux in a cluster that lacks its controller. */
export const componentMissing: Rule = {
  code: 'component-missing',
  namesCause: true,
  *check({ clusters }) {
    for (const facts of clusters) {
      const { components, hasOperator } = fluxInstallation(facts);
      if (!components) continue;
      for (const node of facts.nodes) {
        // A ResourceSet is tried again, and often waits for the kind.
        if (node.state === 'made') continue;
        const { group, kind } = node.identity;
        const controller = fluxKind(group, kind)?.controller;
        if (!node.object || controller === undefined || ALWAYS_THERE.has(controller)) continue;
        if (components.has(controller)) continue;
        yield {
          ...atNode(node, 'kind'),
          message: `the cluster does not run the ${controller}, so it does not know ${kind}, and refuses the whole Kustomization`,
          hint: hintFor(controller, hasOperator),
        };
      }
    }
  },
};

function hintFor(controller: FluxComponent, hasOperator: boolean): string {
  if (hasOperator) return `add ${controller} to the components of the FluxInstance`;
  const flag = DEFAULT_COMPONENTS.includes(controller)
    ? `${controller} in --components`
    : `--components-extra=${controller}`;
  return `bootstrap again with ${flag}`;
}
