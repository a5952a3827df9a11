import { isKustomizationFile } from '../../../graph/sources/folder-listing';
import { directoryOf } from '../../../tree/path';
import type { CheckContext } from '../../check-context';
import { once } from '../../../plain/once';
import { builtPaths } from './built-paths';

/** A file by which people or machines do something to a cluster beside Flux. */
export interface ProgramText {
  readonly path: string;
  readonly text: string;
}

/** Files that run, and files that tell people what to run. */
const PROGRAM =
  /\.(?:sh|bash|fish|zsh|just|mk|tf|tofu|tfvars|hcl|ps1|py|ts|js|go|nix|gotmpl|tpl|tmpl|tftpl|j2|md|adoc)$|(?:^|\/)\.?mise\.toml$|(?:^|\/)\.?(?:justfile|Makefile|Tiltfile|Earthfile|Jenkinsfile|Dockerfile)$/i;
/** Files without an extension in folders of scripts, which are scripts if their first line says so. */
const BARE_SCRIPT =
  /(?:^|\/)(?:\.?(?:bin|ci|hack|scripts?|tasks|tools|utils|bootstrap|setup|install)\/(?:[^/]+\/)*)[\w-]+$/i;
/** Folders and files whose YAML is for CI, for manual runs, or for machines. */
const BY_HAND =
  /(?:^|\/)(?:\.[^/]+|[^/]*(?:bootstrap|talos|terraform|tofu|ansible|helmfile|provision|kubeadm|k0s|k3s|cloud-?init|scripts?|hack|taskfiles?|setup|install)[^/]*)(?:\/|\.ya?ml)/i;
/** Helmfiles, settings of Talos, playbooks and recipes, in any folder. */
const SETTINGS_OF_PROGRAMS =
  /^(?:releases|helmfiles|machine|inlineManifests|extraManifests|tasks|#cloud-config)\b/m;

/** The programs of a repository, in the order of their paths; without what Flux builds from. Found once for each context. */
export const programTexts = once((context: CheckContext): readonly ProgramText[] => {
  const { tree } = context;
  const built = builtPaths(context);
  return [...tree.paths].sort().flatMap((path) => {
    if (built.has(path) || (isKustomizationFile(path) && built.has(directoryOf(path)))) return [];
    const isProgram = testOf(path);
    const file = isProgram && tree.get(path);
    if (!isProgram || !file || file.isPrinted) return [];
    const text = file.bytes.toString('utf8');
    return isProgram(text) ? [{ path, text }] : [];
  });
});

/** What tells by its text whether a file is one of a program; `undefined` for files that are not, whatever they contain. */
function testOf(path: string): ((text: string) => boolean) | undefined {
  if (/\.ya?ml$/.test(path)) return (text) => BY_HAND.test(path) || SETTINGS_OF_PROGRAMS.test(text);
  if (PROGRAM.test(path)) return () => true;
  return BARE_SCRIPT.test(path) ? (text) => text.startsWith('#!') : undefined;
}
