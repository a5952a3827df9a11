import { textOf, valueAt } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { compareText } from '../../plain/compare-text';
import { cutList } from '../../plain/first-names';
import { groupBy } from '../../plain/group-by';
import { isFluxGroup } from '../../kinds/groups';
import { fluxInstallation } from '../facts/installation/flux-installation';
import { servedByCrds } from '../facts/installation/flux-versions';
import { objectViolations, violationInput } from '../facts/object-check';
import type { Rule, RuleFinding } from '../rule';

/** Up to this many files are named one by one. */
const FEW = 4;

const VERSION_HINT = '; or set check.fluxVersion in cdk8s-flux.yaml to the version that runs';

/** An object of an API version that the cluster's Flux, or Kubernetes, does not serve any longer. */
export const removedApi: Rule = {
  code: 'removed-api',
  namesCause: true,
  standsAlone: true,
  *check(context) {
    const guesses: RuleFinding[] = [];
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
      else if (isNewest) yield { ...input, severity: 'warning', hint: `${hint}${VERSION_HINT}` };
      else guesses.push({ ...input, cluster: undefined, severity: 'info', hint: `${hint}${VERSION_HINT}` });
    }
    for (const same of groupBy(guesses, ({ message, hint }) => `${message} ${hint}`).values())
      yield together(same);
  },
};

/**
 * One finding for all objects of an API version, because one setting decides about all of them; it is at the first
 * object.
 */
function together(same: readonly RuleFinding[]): RuleFinding {
  const first = same[0] as RuleFinding;
  const placeOf = ({ locations }: RuleFinding) =>
    JSON.stringify([locations?.[0]?.file, locations?.[0]?.line]);
  // Every cluster that applies the first object finds it.
  const others = same.filter((one) => placeOf(one) !== placeOf(first));
  const places = new Set(others.map(placeOf));
  if (places.size === 0) return first;
  const files = [...new Set(others.map(({ locations }) => locations?.[0]?.file ?? ''))].sort(compareText);
  const { shown, more } = cutList(files, FEW);
  const rest = more > 0 ? ` and ${more} more files` : '';
  const objects = places.size === 1 ? '1 more object has it' : `${places.size} more objects have it`;
  return { ...first, message: `${first.message}; ${objects}: ${shown.join(', ')}${rest}` };
}

/** What else changes with the version: the data of a template lost a field. */
function templateHint(object: ManifestObject): string {
  const template = valueAt(object, 'spec', 'git', 'commit', 'messageTemplate');
  const isOld =
    object.kind === 'ImageUpdateAutomation' &&
    /\{\{(?:(?!\{\{)[^}])*\.Updated\b/.test(textOf(template) ?? '');
  return isOld ? ', and .Changed for .Updated in the template of the commit message' : '';
}
