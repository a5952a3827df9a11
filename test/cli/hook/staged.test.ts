import { unstagedOutput } from '../../../lib/cli/hook/staged';
import { Git } from '../../../lib/revisions/git';
import { hasGit, removeScratch, ScratchGit } from '../../revisions/scratch-git';
import { skipped } from '../../tools/find-tool';

afterAll(removeScratch);

const record = (...paths: string[]): string =>
  JSON.stringify({ version: 1, files: Object.fromEntries(paths.map((path) => [path, 'a'.repeat(64)])) });

/** An app whose Kustomization is in the folder of the cluster, as synth publishes it. */
const FILES = {
  'apps/web/.cdk8s-flux.json': record('apps/web/web.yaml', 'clusters/home/apps/web.yaml'),
  'apps/web/web.yaml': 'a: 1\n',
  'clusters/home/.cdk8s-flux.json': record('clusters/home/namespace.yaml'),
  'clusters/home/apps/web.yaml': 'a: 1\n',
  'clusters/home/by-hand.yaml': 'a: 1\n',
  'src/main.ts': '1\n',
};

function told(scratch: ScratchGit, folder = ''): string | undefined {
  const found = unstagedOutput(Git.of(scratch.folder, process.env), folder);
  return found?.message;
}

function repository(prefix = ''): ScratchGit {
  const scratch = ScratchGit.init();
  scratch.commit(Object.fromEntries(Object.entries(FILES).map(([path, text]) => [prefix + path, text])));
  return scratch;
}

if (!hasGit) skipped('what synth wrote and is not staged', 'git is not here');
else
  describe('unstaged output of synth', () => {
    it('is found in any folder, through the records', () => {
      const scratch = repository().write({ 'clusters/home/apps/web.yaml': 'a: 2\n' });
      expect(told(scratch)).toBe('synth wrote files that you have not staged: clusters/home/apps/web.yaml');
      scratch.git('add', '--all');
      expect(told(scratch)).toBeUndefined();
    });

    it('is found in a project below the top, and for a new file', () => {
      const scratch = repository('my fleet/').write({
        'my fleet/apps/web/.cdk8s-flux.json': record('apps/web/web.yaml', 'apps/web/new file.yaml'),
        'my fleet/apps/web/new file.yaml': 'a: 1\n',
      });
      expect(told(scratch, 'my fleet')).toBe(
        'synth wrote files that you have not staged: my fleet/apps/web/.cdk8s-flux.json, my fleet/apps/web/new file.yaml',
      );
    });

    it('is found if synth removed the file with its record', () => {
      const scratch = repository();
      scratch.write({ 'apps/web/.cdk8s-flux.json': undefined, 'apps/web/web.yaml': undefined });
      expect(told(scratch)).toContain('apps/web/.cdk8s-flux.json, apps/web/web.yaml');
    });

    it('does not include files that people wrote beside it, and is empty if only those differ', () => {
      const scratch = repository().write({
        'clusters/home/by-hand.yaml': 'a: 2\n',
        'clusters/home/new.yaml': '',
      });
      expect(told(scratch)).toBeUndefined();
      scratch.write({ 'apps/web/web.yaml': 'a: 2\n' });
      expect(told(scratch)).toBeUndefined();
    });
  });
