import { listOf, mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';

const GROUP = 'cert-manager.io';

/** A reference to what signs certificates with cert-manager. */
export interface IssuerReference {
  readonly kind: 'Issuer' | 'ClusterIssuer';
  readonly name: string;
  /** The field that has the name. */
  readonly field: string;
}

/** The issuers to which an object refers: a Certificate in its spec, an Ingress or a Gateway by its annotations. */
export function issuersOf({ apiVersion, kind, metadata, spec }: ManifestObject): IssuerReference[] {
  if (String(apiVersion).startsWith(`${GROUP}/`))
    return kind === 'Certificate' ? fromSpec(mapOf(mapOf(spec).issuerRef)) : [];
  if (!hasTls(kind, mapOf(spec))) return [];
  const annotations = mapOf(mapOf(metadata).annotations);
  // Another kind or group signs then, of which we know nothing.
  if (annotations[`${GROUP}/issuer-kind`] !== undefined || annotations[`${GROUP}/issuer-group`] !== undefined)
    return [];
  return [
    ...reference('ClusterIssuer', annotations[`${GROUP}/cluster-issuer`], 'metadata.annotations'),
    ...reference('Issuer', annotations[`${GROUP}/issuer`], 'metadata.annotations'),
  ];
}

/**
 * Whether cert-manager creates certificates for an Ingress or a Gateway: it does for hosts with TLS that name a Secret.
 *
 * @see https://cert-manager.io/docs/usage/gateway/#generate-tls-certs-for-selected-tls-blocks
 */
function hasTls(kind: unknown, { tls, listeners }: PlainMap): boolean {
  if (kind === 'Ingress')
    return listOf(tls)
      .map(mapOf)
      .some(({ hosts, secretName }) => listOf(hosts).length > 0 && Boolean(secretName));
  return (
    kind === 'Gateway' &&
    listOf(listeners)
      .map(mapOf)
      .some(({ hostname, tls }) => Boolean(hostname) && listOf(mapOf(tls).certificateRefs).length > 0)
  );
}

function fromSpec({ group = GROUP, kind = 'Issuer', name }: PlainMap): IssuerReference[] {
  const isKnown = group === GROUP && (kind === 'Issuer' || kind === 'ClusterIssuer');
  return isKnown ? reference(kind, name, 'spec.issuerRef.name') : [];
}

function reference(kind: IssuerReference['kind'], value: unknown, field: string): IssuerReference[] {
  const name = textOf(value);
  return name === undefined || name === '' || name.includes('${') ? [] : [{ kind, name, field }];
}
