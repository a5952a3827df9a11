import { fail } from '../findings/findings-error';
import { parentsOf, qualified, type FoundKustomization } from './find-kustomization';
import { editAll, manifestsOf, refuseBroken } from './kustomization-manifest';
import { mapOf } from '../plain/plain-data';
import { mentionsOf, renamingEdit } from './mentions';
import type { MovePlan } from './plan';
import type { MoveRepository } from './repository';
import { firstSafeWay, type Draft } from './steps';
import { AGAIN, reconcileCommand, specCommand } from './wait-commands';
import { WorkingFiles } from './working-files';

/**
 * Plans the commits that give a Kustomization another name, so that Flux keeps everything that it applies.
 *
 * @throws FindingsError `move-unknown`, `move-uneditable`, `move-unsafe`
 */
export function planRename(repository: MoveRepository, found: FoundKustomization, name: string): MovePlan {
  refuseName(found, name);
  refuseBroken(found.places.flatMap(({ cluster, node }) => parentsOf(cluster, node)));
  const manifests = manifestsOf(found);
  const { namespace, name: former } = found;
  const title = `rename Kustomization ${namespace}/${former} to ${name}`;
  const renamed = (): WorkingFiles => {
    const files = new WorkingFiles(repository);
    const advice = `rename the construct of Kustomization ${namespace}/${former} to ${name}: change its id, or set kustomization: { name: '${name}' } in its props`;
    editAll(files, manifests, { type: 'set', path: ['metadata', 'name'], value: name }, advice);
    for (const mention of mentionsOf(repository, found)) {
      const { file, line } = mention;
      files.edit({ file, line, edit: renamingEdit(mention, name), advice });
    }
    return files;
  };
  const rename = (why: string): Draft => ({
    files: renamed(),
    title: `Rename ${former} to ${name}`,
    why,
    wait: [],
  });
  const orphan = (): Draft => {
    const files = new WorkingFiles(repository);
    const advice = `set deletionPolicy: 'Orphan' in the props of the construct of Kustomization ${namespace}/${former}`;
    editAll(files, manifests, { type: 'set', path: ['spec', 'deletionPolicy'], value: 'Orphan' }, advice);
    const why = `When ${former} is deleted, Flux keeps what it applied; this needs Flux 2.5 or newer`;
    refuseOverridden(repository, found, files);
    return { files, title: `Let Flux keep the objects of ${former}`, why, wait: waitForOrphan(found) };
  };
  const steps = firstSafeWay(repository, title, [
    () => [rename('Flux does not prune its objects, so you can rename it in one commit')],
    () => [
      orphan(),
      rename(`${name} adopts the objects of ${former}; deletionPolicy has its earlier value again`),
    ],
  ]);
  const isPrepared = found.places.some(({ node }) => mapOf(node.object?.spec).deletionPolicy === 'Orphan');
  const afterwards = isPrepared
    ? [`remove deletionPolicy: Orphan from ${name}, unless you want to keep it`]
    : [];
  return { title, clusters: found.places.map(({ cluster }) => cluster.name), steps, afterwards };
}

function refuseName({ places, name }: FoundKustomization, wanted: string): void {
  const isTaken = places.some(({ cluster, node }) =>
    cluster.nodes.some(
      ({ type, identity }) =>
        type === 'kustomization' &&
        identity.name === wanted &&
        identity.namespace === node.identity.namespace,
    ),
  );
  const isValid = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(wanted);
  if (!isTaken && isValid) return;
  fail({
    code: 'move-unclear',
    message: isTaken
      ? `a Kustomization ${JSON.stringify(wanted)} already exists`
      : `${JSON.stringify(wanted)} is not a valid name for a Kustomization: use at most 63 lower-case letters, digits and dashes`,
    hint: `choose another name for ${name}`,
  });
}

/** A patch of a parent overrides the manifest. */
function refuseOverridden(
  { evaluate }: MoveRepository,
  { places }: FoundKustomization,
  files: WorkingFiles,
): void {
  const { clusters } = evaluate(files.tree());
  for (const { cluster, node } of places) {
    const after = clusters.find(({ name }) => name === cluster.name)?.nodes.find(({ id }) => id === node.id);
    const policy = mapOf(after?.object?.spec).deletionPolicy;
    if (policy === 'Orphan' || after === undefined) continue;
    const parents = parentsOf(cluster, node).map(qualified).join(', ');
    fail({
      code: 'move-uneditable',
      message: `deletionPolicy of ${qualified(node)} is ${JSON.stringify(policy ?? null)} in cluster ${cluster.name}, because a patch overrides its manifest`,
      hint: `set deletionPolicy: Orphan in that patch of ${parents}, or exclude ${node.identity.name} from the patch, and run the command again`,
      locations: node.location ? [node.location] : [],
    });
  }
}

function waitForOrphan({ places, namespace, name }: FoundKustomization): string[] {
  const parents = new Set(places.flatMap(({ cluster, node }) => parentsOf(cluster, node).map(qualified)));
  return [
    'push the commit, and wait in each cluster until Flux has applied it',
    ...[...parents].map(reconcileCommand),
    `${specCommand(namespace, name, 'deletionPolicy')} must print Orphan`,
    AGAIN,
  ];
}
