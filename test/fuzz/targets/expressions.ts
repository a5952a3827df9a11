import { celProblem } from '../../../lib/schema/cel/check';
import { substituteText, SubstitutionError } from '../../../lib/graph/post-build/envsubst';
import { goRegex, goRegexProblem } from '../../../lib/plain/go-regex';
import { maskMarks } from '../../../lib/publish/marks';
import { constraintProblem } from '../../../lib/schema/semver-constraint';
import { singleText } from './single-text';

const TEMPLATES = [
  'image: ${registry:=ghcr.io}/app:${tag:-v1}',
  '${a} ${b:?not set} ${c:+is set} ${#a} ${a^} ${a^^} ${a,} ${a,,}',
  '${a:0:3} ${a:2} ${a#v} ${a##*/} ${a%.*} ${a%%-*} ${a/x/y} ${a//x/y} ${a/#x/y} ${a/%x/y}',
  '$${kept} $a ${a:-${b:-${c}}} ${a//${b}/${c//d/e}}',
];

const VALUES: Readonly<Record<string, string>> = {
  a: 'v1.2.3-aaaaaaaaaaaaaaaaaaaaaaaa',
  b: 'a',
  c: '',
  tag: '${a}',
};

/** Substitution as `postBuild` of a Flux Kustomization does it. */
export const substitution = singleText(
  'substitution',
  (corpus, random) => (random.oneIn(4) ? corpus.manifests : TEMPLATES),
  (text) => {
    try {
      substituteText(text, (name) => (Object.hasOwn(VALUES, name) ? VALUES[name] : undefined));
    } catch (error) {
      if (!(error instanceof SubstitutionError)) throw error;
    }
  },
);

const CONDITIONS = [
  "status.conditions.filter(e, e.type == 'Ready').all(e, e.status == 'True')",
  'has(data.ready) && size(data.ready) > 0 || !(data.count in [1, 2u, -3.5e2])',
  "dep.status.conditions.exists_one(c, c.type.startsWith('R') ? true : c.reason.matches('^a+$'))",
  'Message{field: {"a": [1, 2]}, other: b"\\x41\\u00e9"}.field["a"][0] == r\'\\\' + """x"""',
];

/** CEL expressions, as in `healthCheckExprs`. */
export const cel = singleText(
  'cel',
  () => CONDITIONS,
  (text) => {
    celProblem(text, { boolean: true });
    celProblem(text, { variables: ['status', 'data', 'dep'], boolean: true });
  },
);

const PATTERNS = [
  '^(?:data|stringData)$',
  '(?i)^v?(\\d+)\\.(\\d+)(?P<patch>\\.\\d{1,3})?$',
  '[[:alpha:]_][^\\s\\]]*?|\\pL{2,}|\\Qa.b\\E',
  '(a+)+b',
];

/** Regular expressions of RE2. */
export const regex = singleText(
  'regex',
  () => PATTERNS,
  (text) => {
    if (goRegexProblem(text) === undefined) goRegex(text)('v1.2.3-aaaaaaaaaaaaaaaaaaaaaaaa');
  },
);

const RANGES = ['>=1.2.0 <2.0.0 || ^3.1', '1.2 - 3.x, !=1.5.0-rc.1', '~> v1.2.3-alpha.1+build'];

/** Version ranges of charts and images. */
export const versions = singleText(
  'versions',
  () => RANGES,
  (text) => void constraintProblem(text),
);

const MARKED = [
  'image: ghcr.io/acme/app:v1 # {"$imagepolicy": "flux-system:app"}\n',
  '- "a b":   \'x\'  # { "$imagepolicy" : "flux-system:app:tag" } \n',
];

/** Lines that Flux's image automation may have rewritten. */
export const marks = singleText(
  'marks',
  () => MARKED,
  (_, bytes) => void maskMarks(bytes),
);
