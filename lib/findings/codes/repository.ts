import type { CodeFacts } from './code-facts';

/** Reading a repository. */
export const REPOSITORY_CODES = {
  'allow-unused': {
    severity: 'info',
    summary: 'An `allow` entry no longer matches any finding',
    fix: 'Remove the entry.',
    inCheck: true,
  },
  'artifact-root-assumed': {
    severity: 'info',
    summary: '`check` assumes from which folder an OCI artifact or a bucket is created',
    details:
      'Flux counts the paths of a cluster from the root of its source. `check` uses the folder of `flux push artifact` or `flux build artifact` in a CI file, and otherwise the folder below which all paths exist.',
    fix: 'Set `entries` in `cdk8s-flux.yaml` to the entry paths, from the root of the repository.',
    inCheck: true,
  },
  'artifact-root-unclear': {
    severity: 'warning',
    summary: 'An OCI artifact or a bucket may be created from any of several folders',
    details: '`check` skips everything that Flux builds from the artifact.',
    fix: 'Set `entries` in `cdk8s-flux.yaml` to the entry paths, from the root of the repository.',
    inCheck: true,
  },
  'component-as-resource': {
    severity: 'error',
    summary: 'A kustomization lists a Component under `resources`, or a Kustomization under `components`',
    inCheck: true,
  },
  'entry-guessed': {
    severity: 'info',
    summary: 'The repository does not say where Flux starts, so `check` assumes entry paths',
    fix: 'Set `entries` in `cdk8s-flux.yaml`, or use `--entry`.',
    inCheck: true,
  },
  'entry-missing': {
    severity: 'error',
    summary: 'The repository has no path that Flux would start from, or the given path is empty',
    fix: 'Give the path, for example `--entry clusters/production`.',
    inCheck: true,
    atSynth: 'skip',
  },
  'entry-not-found': {
    severity: 'info',
    summary: 'The repository does not say where Flux starts, and has no Kustomization',
    fix: 'Set `entries` in `cdk8s-flux.yaml`, or use `--entry`.',
    inCheck: true,
  },
  'entry-told': {
    severity: 'info',
    summary:
      'A script, a page, a Terraform file or the values of a chart say where Flux starts; the manifests do not',
    details:
      '`check` reads the path that they give to `flux bootstrap`, or to the charts `flux2-sync` and `flux-instance`.',
    fix: 'Set `entries` in `cdk8s-flux.yaml`, or use `--entry`.',
    inCheck: true,
  },
  'evaluation-failed': {
    severity: 'error',
    summary: 'Evaluating a Kustomization failed unexpectedly',
    details: 'The objects that it applies are unknown; all other Kustomizations are evaluated.',
    fix: 'Report a bug in cdk8s-flux, with the files that the Kustomization builds.',
    inCheck: true,
  },
  'file-not-listed': {
    severity: 'warning',
    summary: 'A manifest is in a folder that Flux builds, but the kustomization there does not list it',
    inCheck: true,
    atSynth: 'skip',
  },
  'file-too-large': {
    severity: 'warning',
    summary: 'A file is larger than 16 MiB, or a configuration file larger than 1 MiB, so it is not read',
    details: 'If the code or the configuration needs the file, this is an error.',
    fix: 'Move the file to where Flux does not read it, or split it.',
    inCheck: true,
  },
  'folder-too-deep': {
    severity: 'warning',
    summary: 'Folders are nested too deep, so the rest is not read',
    fix: 'Nest the folders less deep.',
    inCheck: true,
  },
  'generator-failed': {
    severity: 'error',
    summary:
      'A ConfigMap or Secret cannot be generated because a file is missing or a line is not valid. kustomize refuses the whole build',
    fix: 'Follow the hint of the finding.',
    inCheck: true,
  },
  'ciphertext-in-configmap': {
    severity: 'warning',
    summary:
      'A configMapGenerator, or a SecretGenerator under `generators` with an env file, reads a file that SOPS encrypted. Flux does not decrypt it, so it applies the ciphertext',
    fix: 'Generate a Secret from the file with `secretGenerator`, or keep the file unencrypted.',
    inCheck: true,
  },
  'sops-format-unknown': {
    severity: 'error',
    summary:
      'A secretGenerator reads an encrypted file under a key without a known extension, or with one whose format cannot contain the values of the file. Flux writes the decrypted values in the format that the extension of the key means, so it cannot decrypt the file',
    fix: 'Give the key the extension of the file (`.yaml`, `.json`, `.env`, `.ini`), or encrypt the file as binary.',
    inCheck: true,
  },
  'sops-patch-over-encrypted': {
    severity: 'error',
    summary: 'A patch and the object it changes are both encrypted by SOPS. Flux cannot decrypt the result',
    fix: 'Use a complete encrypted object for each overlay, or a patch that is not encrypted.',
    inCheck: true,
  },
  'kustomization-cycle': {
    severity: 'error',
    summary: 'A kustomization includes itself, directly or through others. kustomize refuses the whole build',
    fix: 'Remove one of the entries of the loop.',
    inCheck: true,
  },
  'kustomization-invalid': {
    severity: 'error',
    summary:
      'A kustomization file is empty, is not a map, or is one of several in its folder; or it has a field or a value that kustomize refuses, such as an image name that is not a valid regular expression in Go',
    fix: 'Keep one file, and correct the field that the message names.',
    inCheck: true,
  },
  'kustomization-too-large': {
    severity: 'error',
    summary:
      'Kustomizations include each other more than 100 levels deep, or so often that kustomize would take very long. The rest is not evaluated',
    fix: 'List each base and component in one place.',
    inCheck: true,
  },
  'kustomize-unsupported': {
    severity: 'error',
    summary:
      'A kustomization uses a plugin that is not built into kustomize. Flux runs no other plugins, and refuses the whole build',
    fix: 'Use built-in features of kustomize, or render the objects before you commit.',
    inCheck: true,
  },
  'listed-file-missing': {
    severity: 'error',
    summary: 'A kustomization lists a file or folder that does not exist. kustomize refuses the whole build',
    inCheck: true,
  },
  'graph-too-large': {
    severity: 'error',
    summary: 'The graph is too large for the format of the picture, even without details',
    fix: 'Draw one cluster with `--cluster`, or use `--format html`, `dot` or `json`, which have no limit.',
  },
  'layout-failed': {
    severity: 'error',
    summary: 'The layout library failed',
    fix: 'Draw one cluster with `--cluster`, or use `--format html`, `mermaid`, `dot` or `json`, which need no layout. Please report a bug.',
  },
  'made-in-cluster': {
    severity: 'info',
    summary: 'An object creates other objects in the cluster that are not in the files',
    fix: 'You do not need to do anything.',
    inCheck: true,
  },
  'namespace-missing': {
    authorHint:
      'set namespace in the props of the FluxApp or of the object, or in kustomize for what its generators make, and create the Namespace in a FluxApp if nothing else does',
    severity: 'warning',
    summary: 'Objects have no namespace, or one that nothing in the cluster creates',
    details: 'It is an error if an object has no namespace at all.',
    inCheck: true,
    atSynth: 'certain',
  },
  'namespace-renamed': {
    authorHint:
      'create the Namespace in a FluxApp without targetNamespace, or with createNamespace of the FluxApp that uses it',
    severity: 'error',
    summary: 'A Kustomization renames a Namespace to one that already exists, and may delete it later',
    details:
      'It is a warning for `default`, `kube-system` and `kube-public`: the API server refuses to delete these, and pruning fails.',
    inCheck: true,
  },
  'orphan-file': {
    severity: 'info',
    summary: 'The repository has manifests that no Kustomization reads',
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
      'A patch of a kustomization is not valid, or its target has an expression that is not valid in Go',
    fix: 'Write a strategic merge patch, or a list of JSON patch operations.',
    inCheck: true,
  },
  'image-unmatched': {
    severity: 'warning',
    summary:
      'An entry of `images` matches no image of the build, although the build has the program under another name, or an image of which this name is a misspelling',
    details:
      'The whole name counts, with the registry and the organization, and without the tag. If another organization has a program of the same name, the finding is an info, because it may be another program. An entry of a component, and one that resembles no image, are not reported.',
    fix: 'Write the name as it is in the manifests, or remove the entry.',
    inCheck: true,
  },
  'patch-removes-field': {
    severity: 'warning',
    summary: 'A patch removes values, data or variables, because the field has no value in the patch',
    details:
      '`kustomize` takes a field without a value, such as `values:` with nothing below it, for `null`, and `null` removes the field from the object. A `null` that is written is not reported, and neither is a patch that sets something in place of the field, such as `valuesFrom` or another chart in place of `values`.',
    fix: 'Remove the field from the patch. If it is meant to remove the field, write `null`.',
    inCheck: true,
  },
  'patch-target-unmatched': {
    severity: 'warning',
    summary:
      'The target of a patch matches no object, and was most likely meant for one that is there or that a chart creates',
    details:
      'The name is nearly that of an object, the object has another group, version or namespace, or the chart of a HelmRelease in the build creates it. The build succeeds without the patch. A target without a name, and one that resembles nothing, are not reported.',
    fix: 'Correct the target, as the hint says, or remove the patch.',
    inCheck: true,
  },
  'patch-target-wide': {
    severity: 'warning',
    summary: 'A patch has the name of one object, but its target selects others too',
    details:
      '`kustomize` does not look at the name of a patch that has a target, so it merges the patch into everything that the target selects. Only patches of HelmReleases and of Flux Kustomizations are reported, and only if they set what one object has, such as values. Patches for HelmReleases that all have the same chart, for Kustomizations that all have the same path, and patches that set only `values.global` are not reported.',
    fix: 'Add the name to the target. If the patch is for all objects, give it a name that none of them has.',
    inCheck: true,
  },
  'path-missing': {
    severity: 'error',
    summary: 'A path that Flux builds does not exist, or contains no manifest',
    inCheck: true,
  },
  'reference-ambiguous': {
    severity: 'error',
    summary:
      'A reference matches several objects of a build in other namespaces. kustomize refuses the whole build',
    fix: 'Add a namespace to the reference, or rename the objects.',
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
    summary: 'The folder contains several repositories but is not a repository itself',
    fix: 'Give the folder of one of them.',
    inCheck: true,
    atSynth: 'skip',
  },
  'rule-unknown': {
    severity: 'warning',
    summary: '`check.rules` in `cdk8s-flux.yaml` has an unknown code',
    fix: 'Use the code that the hint suggests.',
    inCheck: true,
    atSynth: 'skip',
  },
  'picture-format-unknown': {
    severity: 'error',
    summary: 'The file ending of a picture does not name a format',
    fix: 'Add `--format`, or use the ending `.md`, `.mmd`, `.dot`, `.json`, `.svg` or `.html`.',
  },
  'picture-markers-missing': {
    severity: 'error',
    summary: 'A Markdown file has no markers for a picture',
    fix: 'Add the lines `<!-- cdk8s-flux:graph -->` and `<!-- /cdk8s-flux:graph -->` where you want the picture.',
  },
  'picture-unwritable': {
    severity: 'error',
    summary: 'The file for a picture cannot be written',
    fix: 'Choose another file with `--output`.',
  },
  'substitution-failed': {
    severity: 'error',
    summary:
      'Flux cannot substitute variables in an object: a `${` is not closed or not valid, a value breaks the YAML, or the variables add more than 4 MiB to one object or 64 MiB to all objects',
    fix: 'Write `$${` for a `${` that must stay, or label the object `kustomize.toolkit.fluxcd.io/substitute: disabled`. Put quotes into a value that breaks the YAML, as in `CRON: \'"*/15 * * * *"\'`: Flux prints the YAML again before it substitutes, and drops the quotes of the file. Shorten values that are too large.',
    inCheck: true,
  },
  'symlink-ignored': {
    severity: 'warning',
    summary: 'A build uses a symbolic link, which Flux does not fetch',
    fix: 'Replace the link with the file.',
    inCheck: true,
  },
  'source-unused': {
    severity: 'info',
    summary: 'Nothing in the cluster uses a source',
    inCheck: true,
  },
  'values-from-invalid': {
    severity: 'error',
    summary: 'A ConfigMap or Secret of `valuesFrom` lacks the key, or Helm cannot use the value',
    inCheck: true,
  },
  'values-key-dotted': {
    severity: 'warning',
    summary:
      'A key in the values of a HelmRelease has dots, as a path for `helm --set`, so the chart does not read it',
    inCheck: true,
  },
  'yaml-key-odd': {
    severity: 'error',
    summary:
      'A key is called `__proto__`, which programs may misread and Kubernetes does not know; or `"<<"` in quotes, which kustomize leaves out (a warning)',
    fix: 'Rename it.',
    inCheck: true,
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
