import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { FluxApp } from '../../lib';
import { inspectApp } from '../../lib/app/inspect-app';
import { findProject } from '../../lib/config/project';
import { planApp } from '../../lib/plan/plan';
import { homeCluster } from '../delivery/home-cluster';

describe('inspectApp', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-inspect-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reports once what both planning and check find', () => {
    const app = new FluxApp(homeCluster(), 'web', { namespace: 'web', createNamespace: true });
    const metadata = { name: 'settings', namespace: 'web' };
    for (const id of ['one', 'other'])
      new ApiObject(app, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata });
    const found = inspectApp(app.node.root, planApp(app.node.root), findProject(folder));
    expect(found.map(({ code }) => code)).toEqual(['object-duplicate']);
  });
});
