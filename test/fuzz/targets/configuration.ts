import { findProject } from '../../../lib/config/project';
import { checkRings } from '../../../lib/rollout/check-rings';
import { parseFleet } from '../../../lib/rollout/parse-fleet';
import { parsePins } from '../../../lib/rollout/parse-pins';
import { printFleet } from '../../../lib/rollout/print-fleet';
import { parseRecord } from '../../../lib/publish/record';
import { tryReadSopsConfig } from '../../../lib/sops/creation-rules/sops-config';
import type { Corpus } from '../corpus';
import { mutate } from '../mutate';
import type { Random } from '../random';
import { Sandbox } from '../sandbox';
import type { Input, Target } from '../target';
import { singleText } from './single-text';

const EVERY_KEY = `version: 1
output: clusters
root: .
sopsRules: true
entries: [clusters/prod]
allow:
  - { code: orphan-file, file: apps/old.yaml, reason: kept for a while }
check:
  rules: { chain-too-deep: off }
pictures:
  - { file: docs/graph.svg, cluster: prod }
`;

const SOPS_RULES = `creation_rules:
  - path_regex: ^clusters/.*\\.secret\\.yaml$
    encrypted_regex: ^(data|stringData)$
    age: age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq,age1pp
  - path_regex: (a+)+b
    key_groups: [{ pgp: [FBC7B9E2A4F9289AC0C1D4843D16CEE4A27381B4], age: [] }]
    mac_only_encrypted: true
`;

const PINS = `version: 1
pins:
  ingress-nginx:
    # renovate: datasource=helm depName=ingress-nginx
    staging: 4.11.3
    production: "4.10"
emergencies:
  ingress-nginx:
    production: { value: "4.10", since: 2026-03-02, reason: CVE }
suspended:
  ingress-nginx:
    eu: { since: 2026-03-02, reason: 503s }
`;

const FLEET = printFleet({
  rings: [{ name: 'staging', soak: '24h', clusters: new Map([['eu', 'clusters/eu']]) }],
  components: [
    {
      name: 'ingress-nginx',
      pins: ['ingress-nginx'],
      kustomizations: [{ namespace: 'flux-system', name: 'ingress-nginx', clusters: ['eu'] }],
    },
  ],
});

let sandbox: Sandbox | undefined;

/** cdk8s-flux.yaml and cdk8s.yaml. */
export const configuration: Target = {
  name: 'configuration',
  input: (random, corpus): Input => ({
    'cdk8s-flux.yaml': mutatedFile(
      random,
      [Buffer.from(EVERY_KEY), ...corpus.named('cdk8s-flux.yaml')],
      corpus,
    ),
    'cdk8s.yaml': mutatedFile(random, corpus.named('cdk8s.yaml'), corpus),
    '.git': 'folder',
  }),
  run: (input) => {
    sandbox ??= new Sandbox();
    sandbox.fill(input);
    findProject(sandbox.root);
  },
};

/** .sops.yaml, and which of its rules applies to a file. */
export const sopsRules = singleText(
  'sops-rules',
  (corpus) => [SOPS_RULES, ...corpus.named('.sops.yaml')],
  (text) => {
    const config = tryReadSopsConfig(text, '.sops.yaml', []);
    for (const path of ['a.yaml', 'clusters/prod/db.secret.yaml', 'a'.repeat(100)]) config?.ruleFor(path);
  },
);

/** The records of published files. */
export const records = singleText(
  'records',
  (corpus) => corpus.named('.cdk8s-flux.json'),
  (text) => void parseRecord(text, 'out/.cdk8s-flux.json'),
);

/** The pins of a fleet. */
export const pins = singleText(
  'pins',
  () => [PINS],
  (text) => {
    const parsed = parsePins(text, 'pins.yaml');
    checkRings(parsed.pins, ['staging', 'production']);
  },
);

/** What synth writes about a fleet. */
export const fleet = singleText(
  'fleet',
  () => [FLEET],
  (text) => void parseFleet(text, 'fleet.json'),
);

function mutatedFile(random: Random, sources: readonly Buffer[], { manifests }: Corpus): Buffer {
  const source = random.pick(sources);
  return random.oneIn(3) ? source : mutate(source, random, random.pick(manifests));
}
