import { withSources } from '../../lib/app/with-sources';
import { Cluster, FluxApp, GitOpsApp } from '../../lib';
import { finding } from '../../lib/findings/finding';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './cluster-resources/flux' });
const web = new FluxApp(home, 'web');

function sourceAt(constructPath: string): string | undefined {
  const found = finding({ code: 'construct-invalid', message: 'x', locations: [{ constructPath }] });
  return withSources([found], app, __dirname)[0]?.locations[0]?.source;
}

describe('the source of a construct', () => {
  it('is the line of the code that made it', () => {
    expect(sourceAt(home.node.path)).toBe('source-lines.test.ts:6');
    expect(sourceAt(web.node.path)).toBe('source-lines.test.ts:7');
  });

  it('is that of what the author made around a construct of ours', () => {
    expect(sourceAt(`${web.node.path}/Resource`)).toBe('source-lines.test.ts:7');
  });

  it('is that of the nearest construct where the path leads to none', () => {
    expect(sourceAt(`${web.node.path}/gone`)).toBe('source-lines.test.ts:7');
  });

  it('is not known where no construct is named', () => {
    const found = finding({ code: 'construct-invalid', message: 'x', locations: [{ file: 'a.yaml' }] });
    expect(withSources([found], app, __dirname)[0]?.locations).toEqual([{ file: 'a.yaml' }]);
  });
});
