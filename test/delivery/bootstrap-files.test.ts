import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Cluster, GitOpsApp } from '../../lib';
import { mapOf, textsOf, valueAt } from '../../lib/plain/plain-data';
import { TreeFile } from '../../lib/tree/tree-file';
import { COMPONENTS, controller, file, inShard, KEY, SERVICE, short } from '../check/rules/sharded-cluster';
import { bootstrap } from '../graph/tree-of';

type Files = Readonly<Record<string, string>>;

describe('the files that bootstrap needs', () => {
  const cluster = new Cluster(new GitOpsApp({ outdir: 'unused' }), 'prod', {
    path: './clusters/prod',
    lockDown: true,
    sharding: { shards: ['s1', 's2'] },
  });
  const printed = Object.fromEntries(
    Object.entries(cluster.bootstrapFiles()).map(([path, text]) => [`clusters/prod/${path}`, text]),
  );
  const components = [
    ...COMPONENTS.map((name) => controller(name, name, ['--storage-adv-addr=old'])),
    SERVICE,
  ].join('---\n');
  const files: Files = { ...bootstrap, [file]: components, ...printed };

  it('give each shard its controllers, and exclude its objects from the main ones', () => {
    const watched = (of: string) => short({ ...files, ...inShard(of) });
    expect(watched('s1')).toEqual([]);
    expect(watched('s2')).toEqual([]);
    expect(watched('s3')).toEqual(['error shard-without-controller Kustomization/apps']);
    expect(Object.keys(printed)).toEqual([
      'clusters/prod/flux-system/kustomization.yaml',
      'clusters/prod/flux-system/s1/kustomization.yaml',
      'clusters/prod/flux-system/s2/kustomization.yaml',
    ]);
  });

  it('are one file with only the lock-down, and none without either', () => {
    const bare = (props: object) =>
      new Cluster(new GitOpsApp({ outdir: 'unused' }), 'prod', { path: './clusters/prod', ...props });
    expect(Object.keys(bare({ lockDown: true }).bootstrapFiles())).toEqual([
      'flux-system/kustomization.yaml',
    ]);
    expect(bare({}).bootstrapFiles()).toEqual({});
    expect(bare({ sharding: { shards: [] } }).bootstrapFiles()).toEqual({});
  });

  const hasKustomize = spawnSync('kustomize', ['version']).status === 0;
  (hasKustomize ? it : it.skip)('build to the same objects with kustomize', () => {
    const folder = mkdtempSync(join(tmpdir(), 'shards-'));
    try {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const args = [
        'build',
        '--load-restrictor',
        'LoadRestrictionsNone',
        join(folder, 'clusters/prod/flux-system'),
      ];
      const built = TreeFile.fromBytes('built.yaml', execFileSync('kustomize', args)).documents.map(
        ({ object }) => object,
      );
      const selectors = built
        .filter(({ kind }) => kind === 'Deployment')
        .map(({ metadata, spec }) => {
          const [container] = (valueAt(spec, 'template', 'spec', 'containers') ?? []) as unknown[];
          const own = textsOf(mapOf(container).args).filter((text) =>
            /watch-label|adv-addr=source/.test(text),
          );
          return [metadata?.name, valueAt(spec, 'selector', 'matchLabels', 'app'), ...own];
        });
      const address = (name: string) =>
        `--storage-adv-addr=source-controller-${name}.$(RUNTIME_NAMESPACE).svc.cluster.local.`;
      const flag = (selector: string) => `--watch-label-selector=${selector}`;
      expect(selectors.sort()).toEqual(
        [
          ['notification-controller', 'notification-controller'],
          ...['source', 'kustomize', 'helm'].flatMap((name) => [
            [`${name}-controller`, `${name}-controller`, flag(`!${KEY}`)],
            ...['s1', 's2'].map((one) => [
              `${name}-controller-${one}`,
              `${name}-controller-${one}`,
              ...(name === 'source' ? [address(one)] : []),
              flag(`${KEY}=${one}`),
            ]),
          ]),
        ].sort(),
      );
      const services = built
        .filter(({ kind }) => kind === 'Service')
        .map(({ spec }) => valueAt(spec, 'selector', 'app'));
      expect(services.sort()).toEqual(['source-controller', 'source-controller-s1', 'source-controller-s2']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
