import type { ClassFacts } from './facts';

const FILE = 'clusters/prod/objects.yaml';
const POLICY = `version: 1
check:
  chainDepth: 6
`;
const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: deployer
  namespace: web
rules:
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get, patch]
`;
const KUSTOMIZATION = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: web
  namespace: flux-system
spec:
  interval: 1h
  path: ./apps/web
  prune: true
  decryption:
    provider: sops
    secretRef:
      name: sops-age
  sourceRef:
    kind: GitRepository
    name: flux-system
`;
const APP = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: web
`;
const app = { 'apps/web/settings.yaml': APP };
const secret = (password: string, recipient: string) => `apiVersion: v1
kind: Secret
metadata:
  name: login
  namespace: web
stringData:
  password: ENC[AES256_GCM,data:${password},iv:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=,tag:MTIzNDU2Nzg5MDEyMzQ1Ng==,type:str]
sops:
  age:
    - recipient: ${recipient}
      enc: (the data key)
  lastmodified: "2026-01-31T12:00:00Z"
  mac: ENC[AES256_GCM,data:YQ==,iv:YQ==,tag:MTIzNDU2Nzg5MDEyMzQ1Ng==,type:str]
  version: 3.13.3
`;
const ALICE = 'age1alice';
const BOTH = `age1alice\n      enc: (the data key)\n    - recipient: age1bob`;

/** Who may do what, and who sees what. */
export const TRUST = {
  'policy-changed': {
    meaning: 'A setting of `cdk8s-flux.yaml` changes',
    details:
      'Limits, allowed findings, severities and switches decide what is reported for every later change. `diff` uses the policy of the base, so a change cannot loosen the policy for itself, and always reports a change of the policy.',
    advice: 'Review it separately, and ask for the reason if less is reported afterwards.',
    example: {
      before: { 'cdk8s-flux.yaml': POLICY },
      after: { 'cdk8s-flux.yaml': POLICY.replace('6', '20') },
    },
  },
  widened: {
    meaning: 'Someone, or Flux itself, gets more rights than before',
    details:
      'A Role or ClusterRole gains rights, or is aggregated into a built-in role of Kubernetes; a binding gains subjects, or refers to another role; a ServiceAccount gets a role in the cloud; a Kustomization or HelmRelease loses its `serviceAccountName`, or acts as an account that bindings give other roles; a Flux object refers to a source in another namespace. New roles and bindings are listed if they give wide rights: all verbs on all resources, rights to grant rights, all secrets, or `cluster-admin`, `admin` and `edit`.',
    advice: 'Check who gets the rights, and whether they need all of them.',
    example: {
      before: { [FILE]: ROLE },
      after: { [FILE]: ROLE.replace('verbs: [get, patch]', 'verbs: ["*"]') },
      instead: { [FILE]: ROLE.replace('verbs: [get, patch]', 'verbs: [get]') },
    },
  },
  'decryption-off': {
    meaning: 'Flux no longer decrypts what SOPS encrypted',
    details:
      'A Kustomization loses `spec.decryption`, or an object gets the annotation `kustomize.toolkit.fluxcd.io/decrypt: disabled`. An encrypted Secret then fails, or reaches the cluster as ciphertext.',
    advice: 'Keep `spec.decryption` as long as any file below the path is encrypted.',
    example: {
      before: { [FILE]: KUSTOMIZATION, ...app },
      after: {
        [FILE]: KUSTOMIZATION.replace(/ {2}decryption:\n(?: {4}.*\n)+/, ''),
        ...app,
      },
      instead: { [FILE]: KUSTOMIZATION.replace('sops-age', 'sops-keys'), ...app },
    },
  },
  'prune-off': {
    meaning: 'Objects stay in the cluster when you remove them from git',
    details:
      'A Kustomization loses `prune: true`, or keeps its objects when it is deleted (`deletionPolicy: Orphan`); or an object gets the annotation `kustomize.toolkit.fluxcd.io/prune: disabled`.',
    advice:
      'This is correct one commit before a rename or a move. Otherwise, objects that nothing applies remain in the cluster.',
    example: {
      before: { [FILE]: KUSTOMIZATION, ...app },
      after: { [FILE]: KUSTOMIZATION.replace('prune: true', 'prune: false'), ...app },
      instead: { [FILE]: KUSTOMIZATION.replace('interval: 1h', 'interval: 30m'), ...app },
    },
  },
  'secret-changed': {
    meaning: 'A secret value changes',
    details:
      'The report names entries and never shows values. With a key on this machine (`SOPS_AGE_KEY`, `SOPS_AGE_KEY_FILE`, the key file of sops or the gpg keyring), `diff` compares the plain texts and does not list a renewed encryption. Without a key, it distinguishes a value that certainly differs from one that may only be encrypted again: by its length, its type, and whether other values of the file kept their ciphertext.',
    advice: 'Pods that read the Secret as environment variables keep the old value until they restart.',
    example: {
      before: { [FILE]: secret('b2xk', ALICE) },
      after: { [FILE]: secret('bmV3IG9uZQ==', ALICE) },
      instead: { [FILE]: secret('b2xk', ALICE).replace('12:00', '13:00') },
    },
  },
  'recipients-changed': {
    meaning: 'The recipients who can decrypt a file change',
    details: 'The values are the same, but their data key is encrypted for other recipients.',
    advice:
      'After you remove a recipient, change the values too: anyone who had the key can still read them in the history of git.',
    example: {
      before: { [FILE]: secret('b2xk', ALICE) },
      after: { [FILE]: secret('b2xk', BOTH).replace('data:YQ', 'data:Yg') },
      instead: { [FILE]: secret('b2xk', ALICE).replace('12:00', '13:00') },
    },
  },
} as const satisfies Readonly<Record<string, ClassFacts>>;
