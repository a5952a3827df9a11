import { mapOf } from '../plain/plain-data';
import { KUSTOMIZE_GROUP } from './groups';
import { asText } from '../plain/as-text';

/** What a label or annotation of kustomize-controller may decide: how it applies an object, and whether it deletes it. */
export type ApplyMark = 'force' | 'prune' | 'reconcile' | 'ssa';

/**
 * Whether metadata has a mark of kustomize-controller with one of the values, such as `ssa: Merge`. Like Flux, it accepts
 * labels and annotations, and small and capital letters.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources
 */
export function hasMark(metadata: unknown, mark: ApplyMark, ...values: readonly string[]): boolean {
  const key = `${KUSTOMIZE_GROUP}/${mark}`;
  const { labels, annotations } = mapOf(metadata);
  return [labels, annotations].some((map) => {
    const found = asText(mapOf(map)[key]).toLowerCase();
    return values.some((value) => value.toLowerCase() === found);
  });
}

/** Whether Flux sees a mark on an object: on its own, or because its Kustomization gives it to all objects. */
export function isMarked(
  { object, owner }: AppliedByOwner,
  mark: ApplyMark,
  ...values: readonly string[]
): boolean {
  const common = mapOf(mapOf(owner.object).spec).commonMetadata;
  return [object.metadata, common].some((metadata) => hasMark(metadata, mark, ...values));
}

/** Whether an object in the cluster may have fields that its manifest lacks, or others, because Flux does not apply it as a whole. */
export function mayDiffer(applied: AppliedByOwner): boolean {
  return (
    isMarked(applied, 'ssa', 'Merge', 'IfNotPresent', 'Ignore') || isMarked(applied, 'reconcile', 'disabled')
  );
}

/** An object and its Kustomization, which may add labels and annotations to it. */
interface AppliedByOwner {
  readonly object: { readonly metadata?: unknown };
  readonly owner: { readonly object?: object };
}
