import type { Corpus } from '../corpus';
import { mutate } from '../mutate';
import type { Random } from '../random';

/** A small repository in which one to three files are mutated. */
export function mutatedRepository(random: Random, corpus: Corpus): Record<string, Buffer> {
  const files = Object.entries(random.pick(corpus.repositories)).map(
    ([path, text]) => [path, Buffer.from(text)] as const,
  );
  const mutated = new Map<string, Buffer>(files);
  for (let left = 1 + random.below(3); left > 0; left -= 1) {
    const [path, bytes] = random.pick(files);
    mutated.set(path, mutate(bytes, random, random.pick(corpus.manifests)));
  }
  return Object.fromEntries(mutated);
}
