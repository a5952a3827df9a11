/**
 * The pages of rules whose defect kustomize-controller meets, with what it says of their bad example. Their good example
 * becomes ready. Other pages are about charts, images, secrets, races that may also be won, and what shows only later, such as
 * pruning.
 */
export const EXPECTATIONS = {
  'component-as-resource': /expected kind != 'Component'/,
  'crd-deadlock': /no matches for kind "ClusterIssuer"/,
  'crd-race': /no matches for kind "ClusterIssuer"/,
  'dependency-cross-kind': /dependency 'default\/postgres' not found/,
  'dependency-cycle': /dependency 'flux-system\/(?:payments|shop)' is not ready/,
  'dependency-missing': /dependency 'flux-system\/infrastructure' not found/,
  'dependency-suspended': /dependency 'flux-system\/infra' is not ready/,
  'health-check-target-missing': /Reconciliation in progress|timeout waiting for/,
  'listed-file-missing': /no such file or directory/,
  'namespace-missing': /namespace not specified|namespaces "[^"]+" not found/,
  'path-missing': /kustomization path not found/,
  'variable-eaten': /variable not set \(strict mode\)/,
  'variable-undefined': /variable not set \(strict mode\)/,
};
