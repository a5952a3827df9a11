/** The providers of one cloud: `provider-family-aws`, or `provider-aws-s3` for one of its services. */
const OF_FAMILY = /(?:^|\/)provider-(?:family-(aws|azure|gcp)|(aws|azure|gcp)-([a-z0-9]+))$/;
/** The one provider that a cloud had before: that of Upbound, or that of the community with groups of its own. */
const OF_CLOUD = /(?:^|\/)(\w[\w-]*)\/provider-(aws|azure|gcp)$/;
const OF_CROSSPLANE = /(?:^|\/)provider-(kubernetes|helm)$/;

/** The API groups whose CRDs Crossplane installs with a Provider, from the address of its package; not all of them. */
export function groupsOfPackage(address: string): string[] {
  const name = address.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  const [, family, cloud, service] = OF_FAMILY.exec(name) ?? [];
  const known = family ?? cloud;
  if (known !== undefined) {
    // The package of a service depends on that of its family, which has the settings of all.
    const groups = [`${known}.upbound.io`, `${known}.m.upbound.io`];
    return service === undefined ? groups : [...groups, ...groups.map((group) => `${service}.${group}`)];
  }
  const [, publisher, all] = OF_CLOUD.exec(name) ?? [];
  if (all !== undefined) return [publisher === 'upbound' ? `${all}.upbound.io` : `${all}.crossplane.io`];
  const [, own] = OF_CROSSPLANE.exec(name) ?? [];
  return own === undefined ? [] : [`${own}.crossplane.io`, `${own}.m.crossplane.io`];
}
