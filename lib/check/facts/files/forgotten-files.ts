import { directoryOf, joinPath } from '../../../tree/path';
import type { CheckContext } from '../../check-context';
import { isRenderedCopy } from './rendered-copy';
import type { UnreadFile } from './unread-files';

/** Whether nobody has left a file out on purpose: then its name stands in a comment, or it is the output of the build. */
export function isForgotten(context: CheckContext): (unread: UnreadFile) => boolean {
  const { tree } = context;
  return ({ file, kustomization, isBuilt }) => {
    if (!isBuilt || kustomization === undefined) return false;
    const folder = directoryOf(kustomization);
    const name = file.path.slice(folder === '' ? 0 : folder.length + 1);
    const text = tree.get(kustomization)?.bytes.toString('utf8') ?? '';
    // Listed with another file ending: another finding already reports that name as missing.
    const twin = name.endsWith('.yaml') ? name.replace(/\.yaml$/, '.yml') : name.replace(/\.yml$/, '.yaml');
    const isMistyped = hasName(text, twin) && !tree.has(joinPath(folder, twin));
    const isListed = name.includes('/') || isMistyped || hasName(text, name);
    return !isListed && !isRenderedCopy(context, file, folder);
  };
}

/** Whether a text has a name that is not the end of a longer one. */
function hasName(text: string, name: string): boolean {
  return text
    .split(name)
    .slice(0, -1)
    .some((before) => !/[\w.-]$/.test(before));
}
