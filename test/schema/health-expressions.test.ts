import { validateObject } from '../../lib/schema/validate-object';
import { changed, minimal } from './objects';

const check = (current: string) => {
  const exprs = [{ apiVersion: 'example.com/v1', kind: 'App', current }];
  return validateObject(changed(minimal.Kustomization!(), ['spec.healthCheckExprs', exprs]));
};

test('a health check with a function that Flux does not know always fails', () => {
  expect(check("status.conditions.exist(e, e.type == 'Ready')")).toMatchObject([
    { code: 'cel-invalid', severity: 'error', hint: 'did you mean "exists"?' },
  ]);
});

test.each(['True', 'False', 'Unknown'])('the status %s of a condition needs quotes', (status) => {
  expect(check(`status.conditions.all(e, e.status == ${status})`)).toMatchObject([
    {
      code: 'cel-invalid',
      severity: 'warning',
      hint: `put the status of a condition in quotes: '${status}'`,
    },
  ]);
  expect(check(`status.conditions.all(e, e.status == '${status}')`)).toEqual([]);
});
