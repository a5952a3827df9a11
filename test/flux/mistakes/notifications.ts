import { mistakesOf } from './mistake';

const address = "'https://example.com'";
const secret = "{ name: 's' }";
const oidc = "[{ issuerURL: 'https://example.com', validations: [{ expression: 'true', message: 'm' }] }]";
const oidcType = { type: "'generic-oidc'", secretRef: undefined };

/** What people get wrong with the kinds of notifications. */
export const notifications = [
  mistakesOf(
    'Alert',
    {
      providerRef: "flux.Provider.fromName('p')",
      eventSources: "[{ kind: 'Kustomization', name: '*' }]",
    },
    'providerRef',
    ['a wrong type', { eventSources: "[{ kind: 'Kustomization', name: 1 }]" }, 'compiler', 'schema-type'],
    ['a wrong enum', { eventSeverity: "'warning'" }, 'compiler', 'schema-enum'],
    [
      'a source of no kind',
      { eventSources: "[{ kind: 'Deployment', name: '*' }]" },
      'compiler',
      'schema-enum',
    ],
    [
      'a kind of flux-operator without saying so',
      { eventSources: "[{ kind: 'FluxInstance', name: '*' }]" },
      'synth',
      'schema-enum',
    ],
    ['another kind', { providerRef: "flux.Bucket.fromName('p')" }, 'compiler', 'reference-kind'],
    [
      'a Provider elsewhere',
      { providerRef: "{ name: 'p', namespace: 'other' }" },
      'compiler',
      'reference-across-namespaces',
    ],
    ['a bad expression', { exclusionList: "['(']" }, 'synth', 'regex-invalid'],
    ['a long summary', { summary: `'${'a'.repeat(256)}'` }, 'synth', 'schema-range'],
  ),
  mistakesOf(
    'Provider',
    { type: "'slack'", address },
    'type',
    ['hours where none are allowed', { timeout: "'1h'" }, 'compiler', 'schema-pattern'],
    ['a bad duration', { timeout: "'10'" }, 'compiler', 'duration-invalid'],
    ['a wrong type', { channel: '1' }, 'compiler', 'schema-type'],
    ['a wrong enum', { type: "'teams'" }, 'compiler', 'schema-enum'],
    ['a bad URL', { proxy: "'example.com'" }, 'synth', 'schema-pattern'],
    ['an address of no scheme', { address: "'hooks.example.com'" }, 'synth', 'url-invalid'],
    ['no address', { address: undefined }, 'compiler', 'provider-incomplete'],
    ['no routing key', { type: "'pagerduty'" }, 'compiler', 'provider-incomplete'],
    ['no token', { type: "'github'" }, 'compiler', 'provider-incomplete'],
    ['a commit status of a chat', { commitStatusExpr: '"\'a\'"' }, 'compiler', 'schema-rule'],
    ['bad CEL', { type: "'github'", secretRef: secret, commitStatusExpr: "'a &&'" }, 'synth', 'cel-invalid'],
  ),
  mistakesOf(
    'Receiver',
    { type: "'github'", resources: "[flux.GitRepository.fromName('r')]", secretRef: secret },
    'resources',
    ['a bad duration', { interval: "'10'" }, 'compiler', 'duration-invalid'],
    ['a wrong type', { events: "'push'" }, 'compiler', 'schema-type'],
    ['a wrong enum', { type: "'gitea'" }, 'compiler', 'schema-enum'],
    ['a resource of no kind', { resources: "[{ kind: 'Pod', name: 'p' }]" }, 'compiler', 'schema-enum'],
    ['bad CEL', { resourceFilter: "'a &&'" }, 'synth', 'cel-invalid'],
    ['no Secret', { secretRef: undefined }, 'compiler', 'schema-rule'],
    ['OIDC for another type', { oidcProviders: oidc }, 'compiler', 'schema-rule'],
    ['OIDC without a provider', oidcType, 'compiler', 'schema-rule'],
    ['OIDC with a Secret', { type: "'generic-oidc'", oidcProviders: oidc }, 'compiler', 'schema-rule'],
    ['a bad URL', { ...oidcType, oidcProviders: oidc.replace('https://', '') }, 'synth', 'schema-pattern'],
  ),
];
