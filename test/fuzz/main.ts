import { parseArgs } from 'node:util';
import { fuzz } from './fuzz';
import { reproduction } from './save-failure';
import { targets } from './targets';
import { work, type Task } from './worker';

const USAGE = `npm run fuzz -- [options]

  --seconds N     how long to try (60)
  --seed N        the seed; by default another one each time
  --target NAME   one target only; may be given several times
  --case N        one case only, as printed for a failure

Targets: ${targets.map(({ name }) => name).join(', ')}
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean' },
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      target: { type: 'string', multiple: true },
      case: { type: 'string' },
    },
  });
  const names = values.target ?? targets.map(({ name }) => name);
  const chosen = targets.filter(({ name }) => names.includes(name));
  const numbers = [values.seconds, values.seed, values.case ?? '0'].map(Number);
  if (values.help || numbers.some((number) => !(number >= 0)) || chosen.length < names.length) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const [seconds, seed, from] = numbers as [number, number, number];
  process.stdout.write(`seed ${seed}\n`);
  const single = values.case === undefined ? {} : { from, seconds: 0.001 };
  const result = await fuzz({
    targets: chosen,
    seed,
    seconds,
    ...single,
    report: (failure) => {
      const { target, kind, message, folder } = failure;
      process.stdout.write(`\n${target}: ${kind}: ${message}\n`);
      if (folder !== undefined) process.stdout.write(`input: ${folder}\n`);
      process.stdout.write(`${reproduction(failure, seed)}\n`);
    },
  });
  for (const [name, count] of Object.entries(result.cases)) process.stdout.write(`${name}: ${count} cases\n`);
  process.stdout.write(`${result.failures.length} failures\n`);
  return result.failures.length === 0 ? 0 : 1;
}

const [mode, task] = process.argv.slice(2);
const done = mode === '--worker' ? work(JSON.parse(task ?? '{}') as Task).then(() => 0) : main();
void done.then((code) => process.exit(code));
