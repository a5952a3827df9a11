import { shellQuoted } from '../findings/shell-quoted';

/** What leads on to the next commit. */
export const AGAIN = 'then run the same command again for the next commit';

/** The command that lets Flux apply a Kustomization now. */
export function reconcileCommand(qualifiedName: string): string {
  const [namespace = '', name = ''] = qualifiedName.split('/');
  return `flux reconcile kustomization ${shellQuoted(name)} --namespace ${shellQuoted(namespace)} --with-source`;
}

/** The command that prints a field of a Kustomization's spec as the cluster has it. */
export function specCommand(namespace: string, name: string, field: string): string {
  const kind = 'kustomizations.kustomize.toolkit.fluxcd.io';
  return `kubectl --namespace ${shellQuoted(namespace)} get ${kind} ${shellQuoted(name)} --output jsonpath='{.spec.${field}}'`;
}
