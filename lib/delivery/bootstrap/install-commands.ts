import type { IConstruct } from 'constructs';
import { asDirectory, enclosingDirectory } from '../../flux/directory';
import { fileOf } from '../../flux/side-data';
import { BOOTSTRAP_FOLDER, COMPONENTS_FILE, FLUX_NAMESPACE, SYNC_FILE } from '../../kinds/names';
import { joinPath } from '../../tree/path';
import { controllerFlags, printCommand, shellWord } from './bootstrap-command';
import type { ClusterBootstrap } from './cluster-bootstrap';
import type { Needs } from './needs';

/** @see https://fluxoperator.dev/docs/charts/flux-operator/ */
const OPERATOR_CHART = 'oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator';

/** The label of Flux's own objects. */
const PART_OF_FLUX = 'app.kubernetes.io/part-of=flux';

/**
 * The lines that install Flux in a cluster that is synced from an artifact: what `flux bootstrap` does, without a Git
 * repository. The controllers go into the repository too, so that a later artifact upgrades them.
 *
 * @param entryPath - the entry path from the root of the repository
 * @param lockDown - whether `flux-system/kustomization.yaml` has patches for the controllers
 */
export function installCommands(
  entryPath: string,
  bootstrap: ClusterBootstrap,
  needs: Needs,
  lockDown: boolean,
): string {
  const folder = joinPath(entryPath, BOOTSTRAP_FOLDER);
  const [components, sync] = [COMPONENTS_FILE, SYNC_FILE].map((name) => shellWord(joinPath(folder, name)));
  const flags = controllerFlags(bootstrap, needs);
  const install = `${printCommand('flux install', [...flags, ['export', true]])} > ${components}`;
  const selected = `--selector=${PART_OF_FLUX}`;
  const [first, last] = lockDown
    ? [`--kustomize=${shellWord(folder)} ${selected}`, `--kustomize=${shellWord(folder)}`]
    : [`--filename=${components}`, `--filename=${sync}`];
  return [
    install,
    `kubectl apply --server-side ${first}`,
    `kubectl wait --for=condition=Established crd ${selected}`,
    `kubectl apply --server-side ${last}`,
  ].join('\n');
}

/** The lines that install the Flux Operator, and have it install Flux from an object. */
export function operatorCommands(instance: IConstruct): string {
  const helm = printCommand(`helm upgrade --install flux-operator ${OPERATOR_CHART}`, [
    ['namespace', FLUX_NAMESPACE],
    ['create-namespace', true],
    ['wait', true],
  ]);
  return `${helm}\nkubectl apply --filename=${shellWord(fileOfObject(instance))}`;
}

/** The file of an object, from the root of the repository. */
function fileOfObject(object: IConstruct): string {
  const folder = enclosingDirectory(object)?.path ?? '';
  let child = object;
  let file = fileOf(object);
  for (let scope = child.node.scope; scope && !asDirectory(scope); scope = child.node.scope) {
    child = scope;
    file ??= fileOf(child);
  }
  return joinPath(folder, file ?? `${child.node.id}.yaml`);
}
