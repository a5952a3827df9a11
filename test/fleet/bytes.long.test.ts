import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../tools/built';
import {
  countBytes,
  makeExample,
  publishedFiles,
  synthesizeExample,
  writeExample,
  type ExampleOptions,
  type PublishedFile,
} from './example-fleet';

type Output = ExampleOptions['output'];

/** Both have the same share of staging clusters. */
const [FEW, MANY] = [30, 60];
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
beforeAll(build, 120_000);
// Each run is a separate process.
jest.setTimeout(240_000);

function publish(
  clusters: number,
  output: Output,
): { folder: string; files: ReadonlyMap<string, PublishedFile> } {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-bytes-'));
  folders.push(folder);
  makeExample(folder);
  writeExample(folder, { clusters, output });
  synthesizeExample(folder, true);
  return { folder, files: publishedFiles(folder) };
}

/** What one more cluster of the example adds. */
function bytesOfCluster(output: Output): { secrets: number; others: number } {
  const [few, many] = [FEW, MANY].map((clusters) => countBytes(publish(clusters, output).files));
  const each = (kind: 'secrets' | 'others') => ((many?.[kind] ?? 0) - (few?.[kind] ?? 0)) / (MANY - FEW);
  return { secrets: each('secrets'), others: each('others') };
}

describe('the example of a fleet, with many clusters', () => {
  it('has ten times fewer bytes if clusters share files, apart from the encrypted Secrets', () => {
    const [rendered, shared] = [bytesOfCluster('rendered'), bytesOfCluster('shared')];
    expect(shared.secrets).toBeCloseTo(rendered.secrets, 5);
    expect(shared.secrets).toBeGreaterThan(2000);
    expect(rendered.others).toBeGreaterThan(15_000);
    expect(shared.others).toBeLessThan(rendered.others / 10);
    expect(shared.others).toBeLessThan(1450);
  });

  it('changes at most three files for one setting of one cluster, and no Secret', () => {
    const { folder, files } = publish(FEW, 'shared');
    for (const [changed, cluster] of [
      [0, 'production/eu-west-0'],
      [2, 'staging/eu-central-2'],
    ] as const) {
      writeExample(folder, { clusters: FEW, output: 'shared', changed });
      synthesizeExample(folder, false);
      const after = publishedFiles(folder);
      const paths = [...new Set([...files.keys(), ...after.keys()])];
      expect(paths.filter((path) => files.get(path)?.text !== after.get(path)?.text).sort()).toEqual([
        `clusters/${cluster}/.cdk8s-flux.json`,
        `clusters/${cluster}/shared/kustomization.yaml`,
        `infrastructure/${cluster}/ingress-nginx/kustomization.yaml`,
      ]);
    }
  });
});
