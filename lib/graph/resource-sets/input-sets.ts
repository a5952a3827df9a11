import { once } from '../../plain/once';
import { listOf, mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { isDisabled } from './operator-objects';

/** What a ResourceSet gets from the providers in its cluster. */
export interface ProvidedInputs {
  /** The providers, in the operator's order. */
  readonly providers: readonly ManifestObject[];
  /** Whether there may be more providers than the files show. */
  readonly isOpen: boolean;
}

/** With what templates are filled, once for each entry. */
export interface InputSets {
  /** The inputs; `undefined` in a round of a ResourceSet without any. */
  readonly rounds: readonly (PlainMap | undefined)[];
  /** Whether the operator may have more rounds than the files show. */
  readonly isOpen: boolean;
}

/** How many combinations the operator accepts. */
const MAX_COMBINATIONS = 10_000;

const provided = new WeakMap<ManifestObject, ProvidedInputs>();

/** A copy of a ResourceSet that is filled with the inputs of providers. The same ResourceSet may have others in another cluster. */
export function withProvidedInputs(set: ManifestObject, inputs: ProvidedInputs): ManifestObject {
  const copy = { ...set };
  provided.set(copy, inputs);
  return copy;
}

/** Whether a ResourceSet takes inputs from providers. */
export function takesInputs({ spec }: ManifestObject): boolean {
  return listOf(mapOf(spec).inputsFrom).length > 0;
}

/** The inputs of a ResourceSet, combined as it says; `undefined` if the files do not show any combination. */
export const inputSetsOf = once((set: ManifestObject): InputSets | undefined => {
  const { inputStrategy } = mapOf(set.spec);
  const isProvided = takesInputs(set);
  const { providers, isOpen } = provided.get(set) ?? { providers: [], isOpen: isProvided };
  if (isProvided && !provided.has(set)) return undefined;
  const known = providers.filter(isStatic);
  const sources = [set, ...known].map((one) => ({ name: nameOf(one), inputs: inputsOf(one) }));
  const { name = 'Flatten', includeEmptyProviders } = mapOf(inputStrategy);
  const isWhole = !isOpen && known.length === providers.length;
  if (name === 'Flatten')
    return {
      rounds: orNone(
        sources.flatMap(({ inputs }) => inputs),
        isProvided,
      ),
      isOpen: !isWhole,
    };
  // A provider that is not known changes every combination.
  if (name !== 'Permute' || !isWhole) return undefined;
  const used = sources.filter(({ inputs }) => inputs.length > 0 || includeEmptyProviders === true);
  const rounds = combinations(used);
  return rounds && { rounds: orNone(rounds, isProvided), isOpen: false };
});

/** Without any inputs, templates are filled once, unless all inputs come from providers. */
function orNone(rounds: readonly PlainMap[], isProvided: boolean): readonly (PlainMap | undefined)[] {
  return rounds.length === 0 && !isProvided ? [undefined] : rounds;
}

/** Whether the values of a provider are those in its file. */
function isStatic(provider: ManifestObject): boolean {
  return mapOf(provider.spec).type === 'Static' && !isDisabled(provider) && provider.sops === undefined;
}

/** The inputs of a provider or of the ResourceSet itself; the operator sets two of each. */
function inputsOf(one: ManifestObject): PlainMap[] {
  const { apiVersion, kind, metadata, spec } = one;
  const { name, namespace } = mapOf(metadata);
  const own = { id: undefined, provider: { apiVersion, kind, name, namespace } };
  const { inputs, defaultValues } = mapOf(spec);
  const values = kind === 'ResourceSet' ? listOf(inputs) : [defaultValues];
  return values.map((value) => ({ ...mapOf(value), ...own }));
}

/** The name of a provider in templates: words with underscores between them. */
function nameOf({ metadata }: ManifestObject): string {
  const words = (textOf(metadata?.name) ?? '').toLowerCase().split(/[^a-z0-9]+/);
  return words.filter(Boolean).join('_');
}

interface Source {
  readonly name: string;
  readonly inputs: readonly PlainMap[];
}

/** One of the inputs of each source, under its name, in all combinations; `undefined` if they are too many. */
function combinations(sources: readonly Source[]): PlainMap[] | undefined {
  const total = sources.reduce((count, { inputs }) => count * inputs.length, 1);
  if (sources.length === 0 || total === 0) return [];
  if (total > MAX_COMBINATIONS) return undefined;
  let combined: { readonly values: PlainMap; readonly parts: readonly string[] }[] = [
    { values: {}, parts: [] },
  ];
  for (const { name, inputs } of sources)
    combined = combined.flatMap(({ values, parts }) =>
      inputs.map((input, index) => ({
        values: { ...values, [name]: input },
        parts: [...parts, `${name}=${index}`],
      })),
    );
  return combined.map(({ values, parts }) => ({ ...values, id: String(adler32(parts.join('/'))) }));
}

/** The checksum that the operator uses as `inputs.id` of a combination; the text is ASCII. */
function adler32(text: string): number {
  let [low, high] = [1, 0];
  for (const letter of text) {
    low = (low + letter.charCodeAt(0)) % 65_521;
    high = (high + low) % 65_521;
  }
  return high * 65_536 + low;
}
