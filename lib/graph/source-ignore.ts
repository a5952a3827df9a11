import ignore from 'ignore';
import { directoryOf } from '../tree/path';
import type { Tree } from '../tree/tree';

/** The name of the files that keep paths out of a source's artifact. */
const IGNORE_FILE = '.sourceignore';

/** What the source controller keeps out of every artifact: version control, pictures and archives, CI files. */
const defaultPatterns = [
  ...['.git/', '.gitignore', '.gitmodules', '.gitattributes'],
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml'],
  ...['cloudbuild.yaml', 'codeship-services.yml', 'codeship-steps.yml'],
  ...['**/.goreleaser.yml', '**/.goreleaser.brew.yml', '**/.sops.yaml', '**/.flux.yaml'],
];

/**
 * Tells which files of a tree a source's artifact holds: the controller's defaults, then `.sourceignore` files from
 * the root down, then the source's `spec.ignore`; a later pattern that matches wins.
 *
 * @param specIgnore - `spec.ignore` of the source
 */
export function artifactFilter(tree: Tree, specIgnore?: string): (path: string) => boolean {
  const rules = ignore({ ignorecase: false }).add(defaultPatterns);
  for (const file of tree.files) {
    if (file.path !== IGNORE_FILE && !file.path.endsWith(`/${IGNORE_FILE}`)) continue;
    rules.add(patternsOf(file.bytes.toString('utf8'), directoryOf(file.path)));
  }
  if (specIgnore !== undefined) rules.add(patternsOf(specIgnore, ''));
  return (path) => !rules.ignores(path);
}

/** The patterns of an ignore file, made relative to the repository's root. */
function patternsOf(text: string, folder: string): string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => (folder === '' ? line : scopedPattern(line, folder)));
}

function scopedPattern(line: string, folder: string): string {
  const negated = line.startsWith('!') ? '!' : '';
  const pattern = line.slice(negated.length);
  const inside = folder.replace(/[*?[\]\\!# ]/g, '\\$&');
  const anchored = pattern.slice(0, -1).includes('/');
  return `${negated}/${inside}/${anchored ? pattern.replace(/^\//, '') : `**/${pattern}`}`;
}
