import { expectFindings, makers } from './wrong-arguments';

describe('a constructor', () => {
  it.each(makers)('of %s answers props of the wrong shape with findings, many times', (name, make) => {
    expectFindings(name, make, { seed: 7, numRuns: 600 });
  });
});
