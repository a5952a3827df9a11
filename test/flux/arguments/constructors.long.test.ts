import { expectFindings, makers } from './wrong-arguments';

describe('a constructor', () => {
  it.each(makers)('of %s answers what has no right shape with findings, many times', (name, make) => {
    expectFindings(name, make, { seed: 7, numRuns: 600 });
  });
});
