import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readRulePage, rulePages } from '../check/rule-pages';
import { filesOf, pages, root } from '../docs/pages';
import { bootstrap } from '../graph/tree-of';

/** Larger files cost time, and find nothing that smaller ones do not. In bytes. */
const LARGEST_FILE = 32 * 1024;

/** Folders with files of this project that people or the product wrote. */
const OWN = ['examples', 'cluster-resources', 'test/fixtures'];

type Texts = Readonly<Record<string, string>>;

/** Real files from which inputs are made. */
export interface Corpus {
  /** Manifests, values and any other YAML. */
  readonly manifests: readonly Buffer[];
  /** kustomization.yaml files. */
  readonly kustomizations: readonly Buffer[];
  /** Files that sops wrote. */
  readonly encrypted: readonly Buffer[];
  /** Files by the name that the product looks for: `cdk8s-flux.yaml`, `cdk8s.yaml`, `.sops.yaml`, `.cdk8s-flux.json`. */
  named(name: string): readonly Buffer[];
  /** Small repositories that Flux could apply. */
  readonly repositories: readonly Texts[];
}

/** Reads the corpus: this project's own files and, if `FLUX_REPOS` names a folder, the repositories in it. */
export function readCorpus(): Corpus {
  const shown = rulePages().flatMap((code) => [readRulePage(code).bad, readRulePage(code).good]);
  const repositories = shown.map((files): Texts => ({ ...bootstrap, ...files }));
  const files = [...OWN.map((folder) => join(root, folder)), process.env['FLUX_REPOS'] ?? '']
    .filter((folder) => folder !== '' && existsSync(folder))
    .flatMap(filesBelow);
  const read = files.map((file) => ({ name: basename(file), bytes: readFileSync(file) }));
  const texts = [...shown, ...pages().map(filesOf)].flatMap((page) => Object.entries(page));
  read.push(...texts.map(([path, text]) => ({ name: basename(path), bytes: Buffer.from(text) })));
  for (const name of ['cdk8s-flux.yaml', 'cdk8s.yaml'])
    read.push({ name, bytes: readFileSync(join(root, name)) });
  const named = (name: string): readonly Buffer[] =>
    read.filter((file) => file.name === name).map(({ bytes }) => bytes);
  const yaml = read.filter(({ name }) => /\.ya?ml$/.test(name));
  const isEncrypted = (bytes: Buffer): boolean =>
    bytes.includes('ENC[AES256_GCM,') && bytes.includes('sops:');
  return {
    manifests: yaml.map(({ bytes }) => bytes),
    kustomizations: yaml.filter(({ name }) => name === 'kustomization.yaml').map(({ bytes }) => bytes),
    encrypted: yaml.map(({ bytes }) => bytes).filter(isEncrypted),
    named,
    repositories,
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[/\\](node_modules|\.git)[/\\]/.test(file) && statSync(file).size <= LARGEST_FILE)
    .sort();
}
