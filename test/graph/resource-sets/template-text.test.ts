import { renderResourceSet } from '../../../lib/graph/resource-sets/render-resource-set';
import { answersOf } from '../../tools/answers';

interface Question {
  readonly template: unknown;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What we know of the data of a template; `hidden` if that is left to the operator. */
function dataOf({ template, inputs }: Question): unknown {
  const resource = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'b' },
    data: template,
  };
  const { objects, hidden } = renderResourceSet({
    apiVersion: 'fluxcd.controlplane.io/v1',
    kind: 'ResourceSet',
    metadata: { name: 'set', namespace: 'flux-system' },
    spec: { inputs: [inputs], resources: [resource] },
  });
  return hidden.length > 0 ? 'hidden' : objects[0]?.object.data;
}

const answers = answersOf<Question, unknown>('graph/resource-set');

describe('a template of a ResourceSet', () => {
  it.each(answers)('%j is filled as by the operator, or left to it', (question, answer) => {
    const data = dataOf(question);
    expect(data === 'hidden' ? answer : data).toEqual(answer);
  });

  it('is filled in most cases', () => {
    const valid = answers.filter(([, answer]) => answer !== 'error');
    const known = valid.filter(([question]) => dataOf(question) !== 'hidden');
    expect(known.length / valid.length).toBeGreaterThan(0.6);
  });
});
