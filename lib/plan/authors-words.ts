import type { IConstruct } from 'constructs';
import { codeFacts } from '../findings/codes';
import type { Finding } from '../findings/finding';
import { asDirectory } from '../flux/directory';
import { FluxObject } from '../flux/flux-object';

/**
 * A finding with the fix in the words of who wrote code: hints for YAML files name the fields of manifests, and what a
 * construct made is put right in its props.
 *
 * @param root - the app
 */
export function inAuthorsWords(found: Finding, root: IConstruct): Finding {
  const path = found.locations.find(({ constructPath }) => constructPath !== undefined)?.constructPath;
  if (path === undefined || found.hint === undefined) return found;
  const hint = codeFacts(found.code)?.authorHint ?? found.hint;
  return { ...found, hint: hasSpecAsProps(constructAt(path, root)) ? withoutSpec(hint) : hint };
}

function constructAt(path: string, root: IConstruct): IConstruct | undefined {
  const ids = path.split('/');
  return ids.reduce<IConstruct | undefined>((scope, id) => scope?.node.tryFindChild(id), root);
}

/** Whether the props of a construct are the fields of a spec: it is one of Flux's kinds, or a FluxApp. */
function hasSpecAsProps(construct: IConstruct | undefined): boolean {
  if (!construct) return false;
  return FluxObject.isFluxObject(construct) || asDirectory(construct)?.kustomization !== undefined;
}

/** Turns fields of a manifest into the props that set them: `spec.url` is `url`, `metadata.name` is `name`. */
function withoutSpec(hint: string): string {
  return hint.replace(/\b(?:spec|metadata)\.(?=[a-z])/g, '');
}
