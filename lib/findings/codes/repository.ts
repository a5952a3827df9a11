import type { CodeFacts } from './code-facts';

/** Reading a repository. */
export const REPOSITORY_CODES = {
  'allow-unused': {
    severity: 'info',
    summary: 'An entry of `allow` fits no finding any more',
    fix: 'Remove the entry.',
    inCheck: true,
  },
  'artifact-root-assumed': {
    severity: 'info',
    summary: 'A folder is taken for the one that an OCI artifact or a bucket is made from',
    details:
      'Flux counts the paths of a cluster from the root of its source. The folder is the one that `flux push artifact` or `flux build artifact` gets in a CI file, else the one below which all paths exist.',
    fix: 'Name the entry paths from the root of the repository with `entries` in `cdk8s-flux.yaml`.',
    inCheck: true,
  },
  'artifact-root-unclear': {
    severity: 'warning',
    summary: 'Several folders may be the one that an OCI artifact or a bucket is made from',
    details: 'Nothing that Flux builds from the artifact is checked.',
    fix: 'Name the entry paths from the root of the repository with `entries` in `cdk8s-flux.yaml`.',
    inCheck: true,
  },
  'component-as-resource': {
    severity: 'error',
    summary: 'A Component is listed among the resources, or a Kustomization among the components',
    inCheck: true,
  },
  'entry-guessed': {
    severity: 'info',
    summary: 'The repository does not say where Flux starts, so paths are assumed',
    fix: 'Name the paths with `entries` in `cdk8s-flux.yaml`, or with `--entry`.',
    inCheck: true,
  },
  'entry-missing': {
    severity: 'error',
    summary:
      'There is no path in the repository that Flux would start from, or the one that is named holds nothing',
    fix: 'Name the path, for example `--entry clusters/production`.',
    inCheck: true,
    atSynth: 'skip',
  },
  'entry-not-found': {
    severity: 'info',
    summary: 'Nothing says where Flux starts, and there is no Kustomization either',
    fix: 'Name the paths with `entries` in `cdk8s-flux.yaml`, or with `--entry`.',
    inCheck: true,
  },
  'evaluation-failed': {
    severity: 'error',
    summary: 'Evaluating a Kustomization met something that nobody foresaw',
    details: 'What it applies is not known; all others are evaluated.',
    fix: 'Report it as a defect of cdk8s-flux, with the files that the Kustomization builds.',
    inCheck: true,
  },
  'file-not-listed': {
    severity: 'warning',
    summary: 'A manifest stands in a folder that Flux builds, but the kustomization there does not list it',
    inCheck: true,
    atSynth: 'skip',
  },
  'file-too-large': {
    severity: 'warning',
    summary: 'A file has more than 16 MiB, so it is not read; a configuration file may have 1 MiB',
    details:
      'Its size is looked at before its content. Where the code or the configuration needs the file, it is an error.',
    fix: 'Move the file out of what Flux reads, or split it.',
    inCheck: true,
  },
  'folder-too-deep': {
    severity: 'warning',
    summary: 'Folders are nested deeper than what is read, so the rest is left out',
    fix: 'Put the files into fewer folders.',
    inCheck: true,
  },
  'generator-failed': {
    severity: 'error',
    summary:
      'A ConfigMap or Secret cannot be generated: a file is missing, or a line is malformed. kustomize refuses the whole build',
    fix: 'Do as the message says.',
    inCheck: true,
  },
  'ciphertext-in-configmap': {
    severity: 'warning',
    summary:
      'A configMapGenerator reads a file that sops encrypted. Flux does not decrypt it, so the ciphertext reaches the cluster',
    fix: 'Generate a Secret from the file with `secretGenerator`, or keep the file unencrypted.',
    inCheck: true,
  },
  'sops-format-unknown': {
    severity: 'error',
    summary:
      'A secretGenerator takes an encrypted file under a key without a known extension. Flux takes the format of the file from the key, and fails to decrypt it',
    fix: 'Give the key the extension of the file (`.yaml`, `.json`, `.env`, `.ini`), or encrypt the file as binary.',
    inCheck: true,
  },
  'sops-patch-over-encrypted': {
    severity: 'error',
    summary:
      'A patch that sops encrypted is merged into an object that sops encrypted too. Flux cannot decrypt the result',
    fix: 'Keep one whole encrypted object for each overlay, or patch with an object that is not encrypted.',
    inCheck: true,
  },
  'kustomization-cycle': {
    severity: 'error',
    summary: 'A kustomization uses itself, directly or through others. kustomize refuses the whole build',
    fix: 'Drop one of the entries of the loop.',
    inCheck: true,
  },
  'kustomization-invalid': {
    severity: 'error',
    summary:
      'A kustomization file is empty, no map, or one of several in its folder; or it has a field or a value that kustomize refuses, such as the name of an image that is not a regular expression of Go',
    fix: 'Keep one file, let it say something, and correct the field that the message names.',
    inCheck: true,
  },
  'kustomization-too-large': {
    severity: 'error',
    summary:
      'Folders use one another more than 100 levels deep, or so often that kustomize would take very long. What goes beyond is not evaluated',
    fix: 'List each base and component in one place.',
    inCheck: true,
  },
  'kustomize-unsupported': {
    severity: 'info',
    summary:
      'A kustomization has a plugin that is not built into kustomize. Flux runs no others, and what the plugin makes or changes is not known',
    fix: 'Make the objects with what kustomize has built in, or render them before they are committed.',
    inCheck: true,
  },
  'listed-file-missing': {
    severity: 'error',
    summary: 'A kustomization lists a file or folder that does not exist. kustomize refuses the whole build',
    inCheck: true,
  },
  'graph-too-large': {
    severity: 'error',
    summary: 'The graph is too large for the format of the picture, even when all details are left out',
    fix: 'Draw one cluster with `--cluster`, or take `--format dot` or `--format json`, which have no limit.',
  },
  'layout-failed': {
    severity: 'error',
    summary: 'The library that lays pictures out gave up',
    fix: 'Draw one cluster with `--cluster`, or take `--format mermaid`, `dot` or `json`, which need no layout. Please tell us.',
  },
  'made-in-cluster': {
    severity: 'info',
    summary: 'An object makes others in the cluster, which no file shows',
    fix: 'Nothing has to be done.',
    inCheck: true,
  },
  'namespace-missing': {
    authorHint:
      'set namespace in the props of the FluxApp or of the object, and make its Namespace in a FluxApp if nothing else does',
    severity: 'warning',
    summary: 'Objects have no namespace, or one that nothing in the cluster makes',
    details: 'Objects that have none at all are an error.',
    inCheck: true,
    atSynth: 'certain',
  },
  'namespace-renamed': {
    authorHint:
      'make the Namespace in a FluxApp without targetNamespace, or by createNamespace of the FluxApp that uses it',
    severity: 'error',
    summary: 'A Kustomization gives a Namespace the name of another that exists, which prune later deletes',
    details:
      'A warning where that is `default`, `kube-system` or `kube-public`: the API server refuses to delete these, and prune fails.',
    inCheck: true,
  },
  'orphan-file': {
    severity: 'info',
    summary: 'Manifests lie in the repository that no Kustomization reads',
    inCheck: true,
    atSynth: 'skip',
  },
  'patch-failed': {
    severity: 'error',
    summary: 'A patch of a kustomization cannot be applied to its target',
    fix: 'Correct the path or value that the message names.',
    inCheck: true,
  },
  'patch-invalid': {
    severity: 'error',
    summary:
      'A patch of a kustomization cannot be read, or its target has an expression that is not one of Go',
    fix: 'Write it as a strategic merge, or as a list of JSON patch operations.',
    inCheck: true,
  },
  'path-missing': {
    severity: 'error',
    summary: 'A path that Flux is to build does not exist, or holds no manifest',
    inCheck: true,
  },
  'reference-ambiguous': {
    severity: 'error',
    summary:
      'A reference names an object of which a build has several in other namespaces. kustomize refuses the whole build',
    fix: 'Give the reference a namespace, or the objects other names.',
  },
  'replacement-failed': {
    severity: 'error',
    summary: 'A replacement of a kustomization has no source, or no target',
    fix: 'Correct the fields that the message names.',
    inCheck: true,
  },
  'replicas-unmatched': {
    severity: 'error',
    summary: '`replicas` of a kustomization names a workload that is not in the build',
    fix: 'Correct the name, or remove the entry.',
  },
  'repositories-several': {
    severity: 'error',
    summary: 'The folder holds several repositories, and is none itself',
    fix: 'Name the folder of one of them.',
    inCheck: true,
    atSynth: 'skip',
  },
  'rule-unknown': {
    severity: 'warning',
    summary: '`check.rules` in `cdk8s-flux.yaml` names a code that no finding has',
    fix: 'Use the code that the hint suggests.',
    inCheck: true,
    atSynth: 'skip',
  },
  'picture-format-unknown': {
    severity: 'error',
    summary: 'The ending of the file for a picture names no format',
    fix: 'Add `--format`, or end the name in `.md`, `.mmd`, `.dot`, `.json`, `.svg` or `.html`.',
  },
  'picture-markers-missing': {
    severity: 'error',
    summary: 'A Markdown file is to hold a picture, and does not say where',
    fix: 'Put the lines `<!-- cdk8s-flux:graph -->` and `<!-- /cdk8s-flux:graph -->` where the picture is to stand.',
  },
  'picture-unwritable': {
    severity: 'error',
    summary: 'The file for a picture cannot be written',
    fix: 'Give another file to `--output`.',
  },
  'substitution-failed': {
    severity: 'error',
    summary:
      'The variables of a Kustomization cannot be put into an object: a `${` is not closed or has no meaning, a value breaks the YAML, or the variables add more than 4 MiB to one object or 64 MiB to all',
    fix: 'Write `$${` for a `${` that stays, or label the object `kustomize.toolkit.fluxcd.io/substitute: disabled`. Put quotes into a value that breaks the YAML, as in `CRON: \'"*/15 * * * *"\'`: Flux substitutes in YAML that it prints anew, where the quotes of the file are gone. Shorten values that are too large.',
    inCheck: true,
  },
  'symlink-ignored': {
    severity: 'warning',
    summary: 'A build meets a symbolic link, which is not part of what Flux fetches',
    fix: 'Put the file itself there.',
    inCheck: true,
  },
  'source-unused': {
    severity: 'info',
    summary: 'Nothing in the cluster uses a source',
    inCheck: true,
  },
  'values-from-invalid': {
    severity: 'error',
    summary: 'A ConfigMap or Secret of `valuesFrom` lacks the key, or its value is none that Helm can use',
    inCheck: true,
  },
  'yaml-key-odd': {
    severity: 'error',
    summary: 'A key is called `__proto__`, which means something to programs and nothing to Kubernetes',
    fix: 'Rename it.',
    inCheck: true,
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
