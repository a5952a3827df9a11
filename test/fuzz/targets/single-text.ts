import type { Corpus } from '../corpus';
import { mutate } from '../mutate';
import type { Random } from '../random';
import type { Input, Target } from '../target';

/** A target that reads one text: real files and generated ones, mutated, and sometimes noise. */
export function singleText(
  name: string,
  sources: (corpus: Corpus, random: Random) => readonly (Buffer | string)[],
  run: (text: string, bytes: Buffer) => void,
): Target {
  return {
    name,
    input: (random, corpus) => ({ input: textInput(random, sources(corpus, random)) }),
    run: (input: Input) => {
      const bytes = input['input'] as Buffer;
      run(bytes.toString('utf8'), bytes);
    },
  };
}

function textInput(random: Random, sources: readonly (Buffer | string)[]): Buffer {
  if (sources.length === 0 || random.oneIn(20)) return random.bytes(random.skewed(300));
  return mutate(Buffer.from(random.pick(sources)), random, Buffer.from(random.pick(sources)));
}
