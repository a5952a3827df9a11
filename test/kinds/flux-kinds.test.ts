import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DEFAULT_COMPONENTS, EXTRA_COMPONENTS } from '../../lib/kinds/components';
import type { FluxKind, KindReference, ServedVersion } from '../../lib/kinds/flux-kind';
import { controllerOf, FLUX_KINDS, fluxKind, fluxType, referenceAt } from '../../lib/kinds/flux-kinds';
import { OPERATOR_GROUP } from '../../lib/kinds/groups';
import { compareVersions } from '../../lib/schema/flux-kinds';

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

const crds = join(__dirname, '../../crds');
const REFERENCE_PARTS = ['apiVersion', 'kind', 'name', 'namespace'];

/** Every definition of every version of Flux whose schemas are in the repository. */
const definitions = readdirSync(crds)
  .flatMap((folder) => /^flux-(.+)$/.exec(folder)?.[1] ?? [])
  .flatMap((flux) =>
    readdirSync(join(crds, `flux-${flux}`)).map((file) => {
      const { spec } = parse(readFileSync(join(crds, `flux-${flux}`, file), 'utf8')) as Definition;
      return { flux, kind: spec.names.kind, spec };
    }),
  );

function isIn(flux: string, { since, until }: Pick<ServedVersion, 'since' | 'until'>): boolean {
  const isThere = since === undefined || compareVersions(since, flux) <= 0;
  return isThere && (until === undefined || compareVersions(until, flux) > 0);
}

/** The fields of a schema, with `[]` behind lists. */
function* fieldsOf(schema: Schema, path: string): Iterable<[path: string, schema: Schema]> {
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    const below = `${path}.${name}${child.items ? '[]' : ''}`;
    const value = child.items ?? child;
    yield [below, value];
    yield* fieldsOf(value, below);
  }
}

/** Whether a field only names one object, or an account. */
function looksLikeReference([path, { properties }]: [string, Schema]): boolean {
  if (path.endsWith('.serviceAccountName') || /Ref$/.test(path)) return properties?.ref === undefined;
  const names = Object.keys(properties ?? {});
  return (
    names.includes('name') && !properties?.name?.enum && names.every((name) => REFERENCE_PARTS.includes(name))
  );
}

const partsOf = ({ by, reach }: KindReference): string[] => [
  ...(by === 'apiVersion' ? ['apiVersion'] : []),
  ...(by === 'apiVersion' || by === 'kind' ? ['kind'] : []),
  'name',
  ...(reach === 'any-namespace' ? ['namespace'] : []),
];

describe.each(definitions)('$kind of Flux $flux', ({ flux, spec, kind }) => {
  const known = fluxKind(spec.group, kind) as FluxKind;
  const served = spec.versions.filter((version) => version.served);
  const references = (known?.references ?? []).filter((reference) => isIn(flux, reference));
  const fields = new Map(
    served.flatMap(({ schema }) => [...fieldsOf(schema.openAPIV3Schema.properties?.spec ?? {}, 'spec')]),
  );

  it('has a descriptor with the versions that its CRD serves', () => {
    const versions = known.versions.filter((version) => isIn(flux, version)).map(({ name }) => name);
    expect(versions.sort()).toEqual(served.map(({ name }) => name).sort());
  });

  it('has a descriptor of each reference field', () => {
    const referring = [...fields].filter(looksLikeReference).map(([path]) => path);
    expect(referring.filter((path) => !references.some((reference) => reference.path === path))).toEqual([]);
  });

  it.each(references)('has the field $path, with what the reference prints', (reference) => {
    const field = fields.get(reference.path);
    expect(field?.type).toBe(reference.by === 'text' ? 'string' : 'object');
    if (reference.by === 'text') return;
    expect(Object.keys(field?.properties ?? {})).toEqual(expect.arrayContaining(partsOf(reference)));
    // A field that may refer to another namespace says so, because nobody could write it otherwise.
    expect(field?.properties?.namespace === undefined).toBe(reference.reach === 'own-namespace');
    const kinds = field?.properties?.kind?.enum;
    if (kinds && reference.kinds !== 'any') expect([...reference.kinds].sort()).toEqual([...kinds].sort());
  });
});

describe('the kinds', () => {
  it('are listed once, and each of Flux itself has a CRD', () => {
    const own = FLUX_KINDS.filter(({ group }) => group !== OPERATOR_GROUP).map(({ kind }) => kind);
    expect([...own].sort()).toEqual([...new Set(definitions.map(({ kind }) => kind))].sort());
    expect(new Set(FLUX_KINDS.map(({ kind }) => kind)).size).toBe(FLUX_KINDS.length);
  });

  it('are acted on by every controller that can be installed, and by no other', () => {
    const controllers = new Set(FLUX_KINDS.flatMap(({ controller }) => controller ?? []));
    expect([...controllers].sort()).toEqual([...DEFAULT_COMPONENTS, ...EXTRA_COMPONENTS].sort());
  });

  it('are created in the version that Flux prefers', () => {
    expect(fluxType('Alert')).toEqual({
      apiVersion: 'notification.toolkit.fluxcd.io/v1beta3',
      kind: 'Alert',
    });
  });

  it.each([
    ['image.toolkit.fluxcd.io', 'ImageUpdateAutomation', 'image-automation-controller'],
    ['image.toolkit.fluxcd.io', 'ImagePolicy', 'image-reflector-controller'],
    ['source.toolkit.fluxcd.io', 'OfALaterVersion', 'source-controller'],
    ['fluxcd.controlplane.io', 'FluxInstance', undefined],
    ['apps', 'Deployment', undefined],
  ])('have a controller: %s %s', (group, kind, controller) => {
    expect(controllerOf(group, kind)).toBe(controller);
  });

  it('read a field of an unknown kind by its name, and of a known one by its path', () => {
    expect(referenceAt('OfALaterVersion', 'spec.sourceRef')?.by).toBe('kind');
    expect(referenceAt('Kustomization', 'spec.patches.secretRef')).toBeUndefined();
  });
});
