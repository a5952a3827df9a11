import { build } from '../tools/built';
import { fuzz } from './fuzz';
import { targets } from './targets';

beforeAll(build, 120_000);

describe('unexpected inputs, for longer', () => {
  it('neither crash nor hang a reader, and show no secret', async () => {
    const { failures } = await fuzz({ targets, seed: 2, seconds: 40 });
    expect(failures).toEqual([]);
  }, 600_000);
});
