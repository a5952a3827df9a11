import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { HAND_WRITTEN, removeRepositories, repository, type } from './command-line';

afterAll(removeRepositories);

/** The links that `check` and `order` report in a repository with one. */
async function reported(link: string, files: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const folder = repository({ ...HAND_WRITTEN, ...files });
  mkdirSync(join(folder, link, '..'), { recursive: true });
  symlinkSync('nowhere', join(folder, link));
  const { stdout } = await type('check', folder, '--format', 'json');
  const { findings } = JSON.parse(stdout) as { findings: { code: string; locations: { file: string }[] }[] };
  const links = findings
    .filter(({ code }) => code === 'symlink-ignored')
    .map(({ locations }) => locations[0]?.file ?? '');
  expect((await type('order', folder)).stderr.includes('symlink-ignored')).toBe(links.length > 0);
  return links;
}

describe('a symbolic link', () => {
  it.each([['CLAUDE.md'], ['docs/a.yaml'], ['clusters/home/README.md']])(
    '%s that no build meets is ignored',
    async (link) => {
      expect(await reported(link)).toEqual([]);
    },
  );

  it.each([['clusters/home/more.yaml'], ['clusters/home/sub/more.yaml'], ['clusters/home/shared']])(
    '%s is reported if Flux takes all files of a folder',
    async (link) => {
      expect(await reported(link)).toEqual([link]);
    },
  );

  it('is reported if a kustomization or a path goes through it, and not beside listed files', async () => {
    const infra = (text: string) => ({ 'infra/kustomization.yaml': text });
    const generator =
      'resources: [namespace.yaml]\nconfigMapGenerator: [{name: a, namespace: b, files: [x=../shared/a.txt]}]\n';
    expect(await reported('shared', infra(generator))).toEqual(['shared']);
    expect(await reported('infra/other.yaml', infra('resources: [namespace.yaml]\n'))).toEqual([]);
  });
});
