import { fileComparison } from '../../lib/app/compare-files';
import { buildGraph } from '../../lib/graph/build-graph';
import { type Cluster, FluxApp } from '../../lib';
import { ApiObject } from 'cdk8s';
import { planApp } from '../../lib/plan/plan';
import type { Difference } from '../../lib/publish/problems';
import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';
import { homeCluster } from '../delivery/home-cluster';

const SETTINGS = 'cluster-resources/web/settings.yaml';

/** A FluxApp with a ConfigMap. */
function web(home: Cluster, data: object = { a: 'b', c: 'd' }, ids = ['settings']): FluxApp {
  const app = new FluxApp(home, 'web');
  for (const id of ids) {
    const metadata = { namespace: 'default' };
    new ApiObject(app, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
  }
  return app;
}

/** How a file differs from the one that an app generates. */
function difference(
  describe: (home: Cluster) => void,
  path: string,
  found: string,
  others: Readonly<Record<string, string>> = {},
): Difference | undefined {
  const home = homeCluster();
  describe(home);
  const planned = planApp(home.node.root).tree.get(path) as TreeFile;
  const files = Object.entries({ ...others, [path]: found });
  const tree = new Tree(files.map(([name, text]) => TreeFile.fromBytes(name, text)));
  const afterwards = { whole: { tree, graph: buildGraph(tree) } };
  return fileComparison(home.node.root as Parameters<typeof fileComparison>[0], afterwards)(
    Buffer.from(found),
    planned,
  );
}

const object = (data: string, name = 'settings'): string =>
  `---\nkind: ConfigMap\napiVersion: v1\nmetadata: { namespace: default, name: ${name} }\ndata: ${data}\n`;

describe('the difference of two files', () => {
  it('is only formatting if both contain the same objects', () => {
    expect(difference(web, SETTINGS, object('{ c: d, a: b }'))).toEqual({
      onlyFormatting: true,
      details: [],
    });
  });

  it('names comments that are lost', () => {
    expect(difference(web, SETTINGS, object('{ c: d, a: b } # ours'))).toEqual({
      onlyFormatting: true,
      details: ['its comments are lost'],
    });
  });

  it('is reported by object and field', () => {
    expect(difference(web, SETTINGS, object('{ a: x, e: f }') + object('{}', 'other'))).toEqual({
      onlyFormatting: false,
      details: [
        'ConfigMap default/settings',
        '  ~ data.a: "x" becomes "b"',
        '  - data.e: "f"',
        '  + data.c: "d"',
        'ConfigMap default/other is only in the file',
      ],
    });
  });

  it('explains what synth adds by itself', () => {
    const describe = (home: Cluster): void => {
      const api = new FluxApp(home, 'api', { dependsOn: [web(home)] });
      new ApiObject(api, 'api', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default' } });
    };
    const found = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: web, namespace: flux-system }
spec:
  interval: 60m
  retryInterval: 2m
  timeout: 5m
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
  path: ./cluster-resources/web
`;
    expect(difference(describe, 'cluster-resources/flux/web.yaml', found)?.details).toEqual([
      'Kustomization flux-system/web',
      '  ~ spec.timeout: "5m" becomes "3m" (the default of FluxApp)',
      '  + spec.wait: true (added because others wait for it; set wait: false in its props to remove it)',
    ]);
  });

  it('counts a marker of image automation that would be lost', () => {
    const marker = '{"$imagepolicy": "flux-system:web"}';
    const found = object(`\n  a: b # ${marker}\n  c: d`);
    expect(difference(web, SETTINGS, found)).toEqual({
      onlyFormatting: false,
      details: [`- the marker # ${marker}`],
    });
  });

  it('ignores the order and the form of the resources in a kustomization.yaml', () => {
    const describe = (home: Cluster): void => void web(home, { a: 'b' }, ['settings', 'more']);
    const path = 'cluster-resources/web/kustomization.yaml';
    const same = 'kind: Kustomization\nresources: [./settings.yaml, more.yaml]\n';
    expect(difference(describe, path, same)?.onlyFormatting).toBe(true);
    const more = 'resources: [./settings.yaml, other.yaml, more.yaml]\n';
    expect(difference(describe, path, more)?.details.join('\n')).toContain('Kustomization\n  ~ resources[1]');
  });

  it('shows no secret value, wherever it is', () => {
    const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: default }\nstringData: { key: topsecretvalue }\n`;
    const describe = (home: Cluster): void => void web(home, { a: 'b', password: 'hunter2hunter2' });
    const found = object('{ a: topsecretvalue, password: otherpassword1 }');
    expect(difference(describe, SETTINGS, found, { 'secret.yaml': secret })?.details).toEqual([
      'ConfigMap default/settings',
      '  ~ data.a: "***" becomes "b"',
      '  ~ data.password: "(hidden)" becomes "(hidden)"',
    ]);
  });

  it('shows nothing of encrypted values', () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: default }\n';
    const describe = (home: Cluster): void => {
      const app = new FluxApp(home, 'web');
      const metadata = { name: 's', namespace: 'default' };
      new ApiObject(app, 'settings', { apiVersion: 'v1', kind: 'Secret', metadata, data: { a: 'Yg==' } });
    };
    const found = `${secret}data: { a: "ENC[AES256_GCM,data:x,type:str]" }\nsops: { version: 3.9.0 }\n`;
    expect(difference(describe, SETTINGS, found)?.details).toEqual(['Secret default/s is encrypted again']);
  });

  it('is shortened if it is long', () => {
    const many = Array.from({ length: 40 }, (_, index) => `k${index}: v`).join(', ');
    const details = difference(web, SETTINGS, object(`{ ${many} }`))?.details;
    expect(details).toHaveLength(12);
    expect(details?.at(-1)).toBe('and 32 more lines');
  });

  it.each(['a: [\n', 'a: b\n', '- 1\n', 'null\n---\nkind: {}\napiVersion: 1\n'])(
    'is not reported for a file that contains anything but objects: %j',
    (text) => {
      expect(difference(web, SETTINGS, text)).toBeUndefined();
    },
  );
});
