import { once } from '../../plain/once';
import type { Finding } from '../../findings/finding';
import { directoryOf, joinPath } from '../../tree/path';
import type { TreeFile } from '../../tree/tree-file';
import type { SopsConfig } from '../../sops/creation-rules/sops-config';
import type { CheckContext } from '../check-context';
import type { Rule } from '../rule';

type SopsConfigModule = typeof import('../../sops/creation-rules/sops-config');

/** Usual names of files with secrets, by which rules select them. */
const SECRET_FILES = [
  'secret',
  'secrets',
  'secret.sops',
  'secret.enc',
  'x.sops',
  'secrets/x',
  'secrets/x.sops',
];

/** A creation rule for manifests by which SOPS encrypts all of an object. */
export const sopsRuleNoRegex: Rule = {
  code: 'sops-rule-no-regex',
  standsAlone: true,
  *check(context) {
    const files = context.tree.files.filter(({ path }) => /(?:^|\/)\.sops\.ya?ml$/.test(path));
    const candidates = files.length > 0 ? candidatesOf(context) : [];
    for (const file of files) {
      const unused: Finding[] = [];
      const config = readConfig(file, unused);
      for (const index of config ? rulesWithout(config, candidates) : []) {
        yield {
          locations: [{ file: file.path, line: file.documents[0]?.line }],
          field: `creation_rules[${index}]`,
          message:
            'does not say which values of a manifest to encrypt: sops encrypts apiVersion, kind and metadata too, and Flux cannot read the file',
          hint: 'add encrypted_regex: ^(data|stringData)$',
        };
      }
    }
  },
};

/** Only a repository with creation rules loads the code that reads them. */
function readConfig({ bytes, path }: TreeFile, findings: Finding[]): SopsConfig | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it for every synth
  const sops = require('../../sops/creation-rules/sops-config') as SopsConfigModule;
  return sops.tryReadSopsConfig(bytes.toString('utf8'), path, findings);
}

const isEncryptedManifest = once(
  ({ bytes }: TreeFile) => bytes.includes('\nsops:') && bytes.includes('apiVersion:'),
);

/** Encrypted manifests; if there are none yet, files with usual names in the folders that Flux builds. */
function candidatesOf({ tree, clusters }: CheckContext): readonly string[] {
  const encrypted = tree.files.filter(isEncryptedManifest);
  if (encrypted.length > 0) return encrypted.map(({ path }) => path);
  const reads = clusters.flatMap(({ kustomizations }) =>
    kustomizations.flatMap(({ build }) => [build?.path ?? '', ...(build?.reads ?? [])]),
  );
  const folders = new Set(reads.map((path) => (/\.[a-z]+$/i.test(path) ? directoryOf(path) : path)));
  return [...folders].flatMap((folder) => SECRET_FILES.map((name) => joinPath(folder, `${name}.yaml`)));
}

/** The rules without a selector that apply to a manifest, by their position in the file. */
function rulesWithout(config: SopsConfig, candidates: readonly string[]): number[] {
  const open = config.rules.filter(({ selector }) => selector === undefined);
  if (open.length === 0) return [];
  const used = new Set(candidates.map((path) => config.ruleFor(path)));
  return open.filter((rule) => used.has(rule)).map((rule) => config.rules.indexOf(rule));
}
