import * as flux from '../../../lib';
import { expectFindings, makers, tried } from './wrong-arguments';

describe('a constructor', () => {
  it.each(makers)('of %s answers props of the wrong shape with findings', (name, make) => {
    expectFindings(name, make, { seed: 20_261_128, numRuns: 40 });
  });

  it.each(makers)('of %s answers a wrong scope or id with a finding', (_, make) => {
    for (const scope of [{}, null, 1, 'home', [], () => undefined]) {
      expect(flux.FindingsError.isFindingsError(tried(make, {}, scope ?? {}))).toBe(true);
    }
    for (const id of [null, '', 1, {}, []]) {
      expect(flux.FindingsError.isFindingsError(tried(make, {}, undefined, id))).toBe(true);
    }
  });
});
