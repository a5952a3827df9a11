import { IMAGE_GROUP, NOTIFICATION_GROUP, SOURCE_EXTENSIONS_GROUP } from '../../graph/kinds';
import { atNode } from '../at-node';
import { fluxInstallation } from '../flux-installation';
import type { Rule } from '../rule';

/** The controllers of kinds that not every installation has. */
const controllerOf: Readonly<Record<string, string>> = {
  [`${IMAGE_GROUP}/ImageRepository`]: 'image-reflector-controller',
  [`${IMAGE_GROUP}/ImagePolicy`]: 'image-reflector-controller',
  [`${IMAGE_GROUP}/ImageUpdateAutomation`]: 'image-automation-controller',
  [`${NOTIFICATION_GROUP}/Alert`]: 'notification-controller',
  [`${NOTIFICATION_GROUP}/Provider`]: 'notification-controller',
  [`${NOTIFICATION_GROUP}/Receiver`]: 'notification-controller',
  [`${SOURCE_EXTENSIONS_GROUP}/ArtifactGenerator`]: 'source-watcher',
};

/** An object of Flux in a cluster that lacks its controller. */
export const componentMissing: Rule = {
  code: 'component-missing',
  *check({ clusters }) {
    for (const facts of clusters) {
      const { components, hasOperator } = fluxInstallation(facts);
      if (!components) continue;
      for (const node of facts.nodes) {
        const { group, kind } = node.identity;
        const controller = controllerOf[`${group}/${kind}`];
        if (!node.object || controller === undefined || components.has(controller)) continue;
        yield {
          ...atNode(node, 'kind'),
          message: `the cluster does not run the ${controller}, so it does not know ${kind}, and refuses the whole Kustomization`,
          hint: hasOperator
            ? `add ${controller} to the components of the FluxInstance`
            : `bootstrap again with --components-extra=${controller}`,
        };
      }
    }
  },
};
