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
  /\.(?:sh|bash|fish|zsh|just|mk|tf|tofu|tfvars|hcl|ps1|py|ts|js|go|nix|gotmpl|tpl|tftpl|j2|md|adoc)$|(?:^|\/)\.?(?:justfile|Makefile|Tiltfile|Earthfile|Jenkinsfile|Dockerfile)$/i;
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
    const isYaml = /\.ya?ml$/.test(path);
    if (!isYaml && !PROGRAM.test(path)) return [];
    const file = tree.get(path);
    if (!file || file.isPrinted) return [];
    const text = file.bytes.toString('utf8');
    return isYaml && !BY_HAND.test(path) && !SETTINGS_OF_PROGRAMS.test(text) ? [] : [{ path, text }];
  });
});
