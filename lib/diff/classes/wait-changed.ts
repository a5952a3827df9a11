import { HELM_GROUP, KUSTOMIZE_GROUP } from '../../kinds/groups';
import { listOf, mapOf } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { changedFields, isOfKind, fieldsChange } from '../changed-fields';
import type { ObjectClassifier } from '../classifier';

const OF_KUSTOMIZATION = ['wait', 'healthChecks', 'healthCheckExprs', 'timeout'];
const OF_RELEASE = [
  'timeout',
  'waitStrategy',
  'healthCheckExprs',
  ...['install', 'upgrade', 'rollback', 'uninstall', 'test'].map((action) => `${action}.timeout`),
  ...['install', 'upgrade', 'rollback'].flatMap((action) => [
    `${action}.disableWait`,
    `${action}.disableWaitForJobs`,
  ]),
  'uninstall.disableWait',
];

/** When something counts as ready changes, and so when what waits for it goes on. */
export const waitChanged: ObjectClassifier = (changed) => {
  const isKustomization = isOfKind(changed, KUSTOMIZE_GROUP, 'Kustomization');
  if (!isKustomization && !isOfKind(changed, HELM_GROUP, 'HelmRelease')) return [];
  const names = isKustomization ? OF_KUSTOMIZATION : OF_RELEASE;
  const fields = changedFields(changed, ...names.map((name) => `spec.${name}`)).filter(
    // An outer field that is added or removed as a whole does not only concern waiting.
    ({ path }) => !/^spec\.(?:install|upgrade|rollback|uninstall|test)$/.test(path),
  );
  if (fields.length === 0) return [];
  const [before, after] = [changed.before.object, changed.after.object].map(awaits);
  const isLost = isKustomization && before === true && after === false;
  return [
    {
      class: 'wait-changed',
      fields,
      message: isLost
        ? 'it is now ready once applied: objects that depend on it no longer wait until its objects are healthy'
        : `it becomes ready under other conditions: ${fieldsChange(fields)}`,
      hint: isLost ? 'set wait: true, or add healthChecks for the objects that others need' : undefined,
    },
  ];
};

function awaits({ spec }: ManifestObject): boolean {
  const { wait, healthChecks } = mapOf(spec);
  return wait === true || listOf(healthChecks).length > 0;
}
