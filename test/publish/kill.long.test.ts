import { Child } from './child';
import { countOperations, killOnce } from './kill-scenario';
import { Killer, random } from './killing';
import { removeRepositories } from './repository';

const child = new Child();
const killer = new Killer(child);
const seed = Number(process.env['KILL_SEED'] ?? 20261128);
const KILLS = 1000;
const BATCH = 50;

jest.setTimeout(10 * 60_000);

afterAll(() => child.remove());
afterEach(removeRepositories);

describe(`a thousand runs that are killed (KILL_SEED=${seed})`, () => {
  const total = countOperations(killer);

  it.each(Array.from({ length: KILLS / BATCH }, (_, index) => index))('lose nothing (part %i)', (part) => {
    for (let kill = 0; kill < BATCH; kill += 1) {
      const next = random(seed + part * BATCH + kill);
      const point = Math.floor(next() * total);
      try {
        killOnce(killer, total, point, next);
      } catch (error) {
        throw new Error(`seed ${seed + part * BATCH + kill}, operation ${point}`, { cause: error });
      }
    }
  });
});
