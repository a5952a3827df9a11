import { fluxKustomization } from '../../graph/tree-of';
import { count, found, lines, object, release, type Files } from '../small-repositories';

const repository = (name: string, url: string, ...more: string[]) =>
  object(
    'source.toolkit.fluxcd.io/v1',
    'HelmRepository',
    name,
    'apps',
    'spec:',
    '  interval: 1h',
    `  url: ${url}`,
    ...more,
  );
const files = (chart: string, url = 'https://charts.example.org', ...more: string[]): Files => ({
  'clusters/prod/all.yaml': `${repository('charts', url, ...more)}${release('app', 'apps', chart)}`,
});
const names = (...args: Parameters<typeof files>) => count('chart-name-invalid', files(...args));

describe('the name of a chart', () => {
  it('does not begin with the name or the address of its repository', () => {
    expect(
      found('chart-name-invalid', files('charts/app')).map(({ message, hint, field }) => [
        message,
        hint,
        field,
      ]),
    ).toEqual([
      [
        'HelmRepository "apps/charts" has no chart "charts/app": Flux takes the part before the slash for a part of the name',
        'did you mean "app"?',
        'spec.chart.spec.chart',
      ],
    ]);
    expect(names('example/app')).toBe(1);
    expect(names('app')).toBe(0);
  });

  it('may hold the name of something else', () => {
    expect(names('other/app')).toBe(0);
    expect(names('charts/app/more')).toBe(0);
    expect(names('charts/app', 'https://example.org/artifactory/all')).toBe(0);
    expect(names('example/app', 'https://harbor.example.org/chartrepo')).toBe(0);
    expect(names('example/app', 'https://harbor.example.org/chartrepo/example')).toBe(1);
    expect(names('charts/app', 'oci://ghcr.io/charts', '  type: oci')).toBe(0);
    expect(names('charts/app', 'https://${HOST}/charts')).toBe(0);
  });

  it('is added to the address of an OCI repository, which does not end with it', () => {
    const oci = (url: string, more = '') =>
      lines('chart-name-invalid', {
        ...files('app', url, '  type: oci'),
        'clusters/prod/more.yaml': more,
      });
    expect(oci('oci://ghcr.io/acme/charts/app')).toEqual([
      expect.stringMatching(
        /^warning .* url of HelmRepository "apps\/charts", so it pulls "oci:\/\/ghcr\.io\/acme\/charts\/app\/app" => set spec\.url of the HelmRepository to "oci:\/\/ghcr\.io\/acme\/charts", unless/,
      ),
    ]);
    expect(
      ['helm', 'helm-charts', 'charts-mirror', 'my-charts'].map(
        (name) => oci(`oci://a.b/${name}/app/`).length,
      ),
    ).toEqual([1, 1, 1, 1]);
    // Some registries have a folder of the name.
    expect(
      [
        'oci://ghcr.io/app',
        'oci://ghcr.io/acme/app',
        'oci://ghcr.io/acme/charts',
        'oci://${HOST}/charts/app',
      ].flatMap((url) => oci(url)),
    ).toEqual([]);
    expect(names('app', 'https://example.org/charts/app')).toBe(0);
    expect(oci('oci://ghcr.io/acme/charts/app', release('other', 'apps', 'other'))).toEqual([]);
  });

  it('may hold only what source-controller takes', () => {
    expect(['My_App', 'appServer', 'a//b', '/a', 'a b'].map((name) => names(name))).toEqual([1, 1, 1, 1, 1]);
    expect(['app-2', 'a.b', 'a/', 'x/y-z', '"${NAME}"'].map((name) => names(name))).toEqual([0, 0, 0, 0, 0]);
  });

  it('is a path where the chart comes from another source', () => {
    const chart = (kind: string, name: string) =>
      object(
        'source.toolkit.fluxcd.io/v1',
        'HelmChart',
        'app',
        'apps',
        'spec:',
        '  interval: 1h',
        `  chart: ${name}`,
        `  sourceRef: { kind: ${kind}, name: charts }`,
      );
    const all = (text: string): Files => ({
      'clusters/prod/all.yaml': `${repository('charts', 'https://charts.example.org')}${text}`,
    });
    expect(count('chart-name-invalid', all(chart('HelmRepository', 'charts/app')))).toBe(1);
    expect(count('chart-name-invalid', all(chart('GitRepository', './Charts/App')))).toBe(0);
  });
});

describe('the name of a chart with a slash', () => {
  const other = (url: string, name = 'charts', more = '') =>
    object(
      'source.toolkit.fluxcd.io/v1',
      'HelmRepository',
      name,
      'apps',
      `spec: { interval: 1h, url: "${url}"${more} }`,
    );
  const told = (chart: string, repositories: string) =>
    lines('chart-name-invalid', { 'clusters/prod/a.yaml': repositories + release('app', 'apps', chart) });

  it.each([
    ['the name of the repository', 'charts/app', other('https://other.org'), 1],
    ['a part of its address', 'other/app', other('https://OTHER.org'), 1],
    ['three letters of it', 'oth/app', other('https://other.org'), 1],
    ['two letters of it', 'ot/app', other('https://other.org'), 0],
    [
      'two letters that are its name',
      'ot/app',
      other('https://x.org', 'charts').replace('name: charts', 'name: ot'),
      0,
    ],
    ['nothing after the slash', 'charts/', other('https://other.org'), 0],
    ['a repository that is not there', 'charts/app', '', 0],
    ['a repository of artifacts', 'charts/app', other('https://other.org', 'charts', ', type: oci'), 0],
    ['an address of another scheme', 'charts/app', other('file+https://other.org'), 0],
    ['an address with a variable at its end', 'charts/app', other('https://other.org/$TEAM'), 0],
  ])('judges a name with %s', (_, chart, repositories, expected) => {
    expect(told(chart, repositories)).toHaveLength(expected);
  });

  it('looks at no other kind', () => {
    const chart =
      'chart: { spec: { chart: charts/app, sourceRef: { kind: HelmRepository, name: charts, namespace: apps } } }';
    const files = {
      'clusters/prod/a.yaml': other('https://other.org') + fluxKustomization('a', './a', [chart]),
    };
    expect(lines('chart-name-invalid', files)).toEqual([]);
  });
});
