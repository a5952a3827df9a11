import { checkTree } from '../../check/check-tree';
import { siftAllowed } from '../../config/allowance';
import { finding, type Finding } from '../../findings/finding';
import { looksLikeCredential } from '../../sops/credential-shape';
import { findPlaintextSecrets } from '../../sops/plaintext-guard';
import type { TreeFile } from '../../tree/tree-file';
import type { Contents } from './open-contents';

/** Text in which we look for keys and tokens; archives and pictures are not searched. */
const MAX_SEARCHED_BYTES = 1024 * 1024;

/**
 * What is wrong with the files of an artifact by themselves: what `check` says of them, and secrets in plain text, also in
 * files that Flux does not apply. A registry often has more readers than the repository. Of a folder that is the root of its
 * artifact, only secrets can be judged: what else a cluster has, and what refers to it, is not known.
 */
export function judgeContents(contents: Contents): Finding[] {
  const { project, tree, graph } = contents;
  const { allow, check: settings } = project;
  if (!graph) return [...siftAllowed(plaintextIn(contents), allow).kept];
  const report = checkTree(tree, { graph, allow, settings, found: [], partial: true });
  const known = new Set(report.findings.map(({ fingerprint }) => fingerprint));
  const secrets = siftAllowed(plaintextIn(contents), allow).kept.filter(
    ({ fingerprint }) => !known.has(fingerprint),
  );
  return [...report.findings, ...secrets];
}

function plaintextIn({ tree, paths }: Contents): Finding[] {
  return paths.flatMap((path) => {
    const file = tree.get(path);
    if (!file) return [unreadable(path)];
    return tree.otherPaths.has(path) ? credentialIn(file) : secretsIn(file);
  });
}

function secretsIn(file: TreeFile): Finding[] {
  try {
    return file.documents.flatMap(({ object, line }) =>
      findPlaintextSecrets(object, { file: file.path, line }),
    );
  } catch {
    // Files that are not valid YAML are reported where Flux reads them.
    return credentialIn(file);
  }
}

function credentialIn({ path, bytes }: TreeFile): Finding[] {
  if (bytes.length > MAX_SEARCHED_BYTES || bytes.includes(0) || !looksLikeCredential(bytes.toString('utf8')))
    return [];
  return [
    finding({
      code: 'plaintext-secret',
      message:
        'the file seems to contain a credential in plain text, and everyone who may pull the artifact could read it',
      hint: 'remove the file from the folder, or list it in .sourceignore; if the credential was in git, replace it with a new one',
      locations: [{ file: path }],
    }),
  ];
}

function unreadable(path: string): Finding {
  return finding({
    code: 'file-unreadable',
    message: 'the file cannot be read, or is too large',
    hint: 'replace it with a regular file of at most 16 MiB, or list it in .sourceignore',
    locations: [{ file: path }],
  });
}
