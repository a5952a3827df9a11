import { identityOf } from '../../tree/manifest';
import { directoryOf, joinPath } from '../../tree/path';
import type { CheckContext } from '../check-context';
import type { Rule } from '../rule';
import type { UnreadFile } from '../facts/unread-files';

/** A manifest that its folder's kustomization does not list. */
export const fileNotListed: Rule = {
  code: 'file-not-listed',
  *check(context) {
    for (const { file, kustomization = '' } of context.unreadFiles.filter(isForgotten(context))) {
      const [first] = file.documents;
      yield {
        locations: [{ file: file.path, line: first?.line }, { file: kustomization }],
        object: first && identityOf(first.object),
        message: `${JSON.stringify(kustomization)} does not list it, so Flux does not apply it`,
        hint: 'list it under resources, or remove it',
      };
    }
  },
};

/** Whether nobody has left a file out on purpose: then its name stands in a comment. */
export function isForgotten({ tree }: CheckContext): (unread: UnreadFile) => boolean {
  return ({ file, kustomization, isBuilt }) => {
    if (!isBuilt || kustomization === undefined) return false;
    const folder = directoryOf(kustomization);
    const name = file.path.slice(folder === '' ? 0 : folder.length + 1);
    const text = tree.get(kustomization)?.bytes;
    // Listed with another file ending: another finding already reports that name as missing.
    const twin = name.endsWith('.yaml') ? name.replace(/\.yaml$/, '.yml') : name.replace(/\.yml$/, '.yaml');
    const isMistyped = text?.includes(twin) === true && !tree.has(joinPath(folder, twin));
    return !name.includes('/') && !isMistyped && text?.includes(name) !== true;
  };
}
