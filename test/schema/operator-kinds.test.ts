import { validateObject } from '../../lib/schema/validate-object';
import { count, found, resourceSet } from '../check/small-repositories';

const object = (kind: string, spec: object, name = 'flux') => ({
  apiVersion: 'fluxcd.controlplane.io/v1',
  kind,
  metadata: { name, namespace: 'flux-system' },
  spec,
});
const violations = (kind: string, spec: object, name?: string) =>
  validateObject(object(kind, spec, name)).map(
    ({ severity, field, message, hint }) => `${severity} ${field}: ${message} => ${hint}`,
  );
const instance = { distribution: { version: '2.x', registry: 'ghcr.io/fluxcd' } };

describe('the fields of the Flux operator', () => {
  it.each([
    ['ResourceSet', { inpts: [] }, 'error spec.inpts: unknown field "inpts" => did you mean "inputs"?'],
    ['ResourceSet', { inputsForm: [] }, /^error spec.inputsForm: .* "inputsFrom"\?$/],
    ['ResourceSet', { inputs: [{ any: { thing: [1] } }], resources: [{ kind: 'A', any: 1 }] }, undefined],
    ['ResourceSet', { inputs: { a: 1 } }, /^error spec.inputs: got a map; must be a list/],
    [
      'ResourceSet',
      { steps: [{ name: 'a', resource: [] }] },
      /^error spec.steps\[0\].resource: .* "resources"/,
    ],
    [
      'ResourceSet',
      { inputStrategy: { name: 'permute' } },
      /^error spec.inputStrategy.name: .* "Permute"\?$/,
    ],
    [
      'ResourceSet',
      { dependsOn: [{ kind: 'A', name: 'a' }] },
      /^error spec.dependsOn\[0\].apiVersion: required/,
    ],
    ['ResourceSet', { inputsFrom: [{ name: 'a' }, { selector: { matchLabels: { a: 'b' } } }] }, undefined],
    [
      'ResourceSet',
      { inputsFrom: [{ kind: 'ResourceSetInputProvider' }] },
      /^error spec.inputsFrom\[0\]: .* selector/,
    ],
    [
      'ResourceSet',
      { steps: [{ name: 'a', resources: [] }], resources: [] },
      /^error spec: steps and resources/,
    ],
    ['ResourceSetInputProvider', { type: 'Static', defaultValues: { a: [1, { b: null }] } }, undefined],
    ['ResourceSetInputProvider', { type: 'static' }, /^error spec.type: .* did you mean "Static"\?$/],
    [
      'ResourceSetInputProvider',
      { type: 'Static', url: 'https://a.b' },
      /^error spec: a provider of this type/,
    ],
    ['ResourceSetInputProvider', { defaultValues: {} }, /^error spec.type: required/],
    ['FluxInstance', { ...instance, sync: {} }, /^error spec.sync.kind: required/],
    ['FluxInstance', { ...instance, componets: [] }, /^error spec.componets: .* "components"/],
    [
      'FluxInstance',
      { ...instance, wait: 'true' },
      /^error spec.wait: .* true or false => remove the quotes$/,
    ],
    ['FluxInstance', instance, undefined],
  ])('are known: %s %j', (kind, spec, expected) => {
    const [first] = violations(kind, spec);
    if (typeof expected === 'string' || expected === undefined) expect(first).toBe(expected);
    else expect(first).toMatch(expected);
  });

  it('may be more in a newer version, so what is not mistyped is a warning', () => {
    expect(violations('FluxInstance', { ...instance, telemetry: true })).toEqual([
      expect.stringMatching(
        /^warning spec.telemetry: unknown field "telemetry"; Flux Operator 0\.\d+ does not accept it, but a newer version may => remove it/,
      ),
    ]);
    expect(violations('ResourceSetInputProvider', { type: 'BitbucketCloud' })).toEqual([
      expect.stringMatching(
        /^warning spec.type: got "BitbucketCloud"; .* a newer version may => use one of them$/,
      ),
    ]);
  });

  it('are those of one name', () => {
    expect(violations('FluxInstance', instance, 'prod')).toEqual([
      expect.stringMatching(/^error : the only name that the operator accepts is 'flux'/),
    ]);
  });

  it('are not known of other versions and kinds', () => {
    const other = { ...object('ResourceSet', { inpts: [] }), apiVersion: 'fluxcd.controlplane.io/v2' };
    expect(validateObject(other)).toEqual([]);
    expect(violations('FluxReport', { inpts: [] })).toEqual([]);
  });

  it('are checked in what a Kustomization applies', () => {
    const files = (field: string) => ({ 'clusters/prod/set.yaml': resourceSet(`${field}: [{ a: b }]`) });
    expect(count('schema-unknown-field', files('inputs'))).toBe(0);
    expect(found('schema-unknown-field', files('inpts'))).toMatchObject([
      { severity: 'error', field: 'spec.inpts', locations: [{ file: 'clusters/prod/set.yaml' }] },
    ]);
  });
});
