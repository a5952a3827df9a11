import { textOf, valueAt } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { isFluxGroup } from '../../kinds/groups';
import { fluxInstallation } from '../facts/flux-installation';
import { servedByCrds } from '../facts/flux-versions';
import { objectViolations, violationInput } from '../facts/object-check';
import type { Rule } from '../rule';

const VERSION_HINT = '; or say which version runs, as check.fluxVersion in cdk8s-flux.yaml';

/** An object of an API version that the cluster's Flux, or Kubernetes, does not serve any longer. */
export const removedApi: Rule = {
  code: 'removed-api',
  standsAlone: true,
  *check(context) {
    for (const found of objectViolations(context)) {
      if (found.violation.code !== 'removed-api') continue;
      const { code: _code, hint: served = '', ...input } = violationInput(found);
      const hint = `${served}${templateHint(found.applied.object)}`;
      const { identity, object } = found.applied;
      if (!isFluxGroup(identity.group)) {
        yield { ...input, severity: 'warning', hint };
        continue;
      }
      if (servedByCrds(context.tree).has(`${object.apiVersion}/${identity.kind}`)) continue;
      const { version, isNewest } = fluxInstallation(found.facts);
      if (version !== undefined) yield { ...input, hint };
      else yield { ...input, severity: isNewest ? 'warning' : 'info', hint: `${hint}${VERSION_HINT}` };
    }
  },
};

/** What else changes with the version: the data of a template lost a field. */
function templateHint(object: ManifestObject): string {
  const template = valueAt(object, 'spec', 'git', 'commit', 'messageTemplate');
  const isOld =
    object.kind === 'ImageUpdateAutomation' &&
    /\{\{(?:(?!\{\{)[^}])*\.Updated\b/.test(textOf(template) ?? '');
  return isOld ? ', and .Changed for .Updated in the template of the commit message' : '';
}
