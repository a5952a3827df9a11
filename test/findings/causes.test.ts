import { byCause, mapLocations, occurrencesOf } from '../../lib/findings/causes';
import { finding, type Finding } from '../../lib/findings/finding';
import { formatFinding } from '../../lib/findings/format';

const apps = { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', namespace: 'flux-system' };

const ignored = (cluster: string, name = 'apps') =>
  finding({
    code: 'health-check-ignored',
    message: 'ignored, because wait: true waits for everything',
    locations: [{ file: `clusters/${cluster}/${name}.yaml`, line: 4 }],
    object: { ...apps, name },
    field: 'spec.healthChecks',
  });

const race = (name: string, more: Partial<Finding> = {}) => ({
  ...finding({
    code: 'crd-race',
    message: `applies Certificate "${name}", but does not wait for it`,
    cause: 'several Kustomizations apply objects, but do not wait for it',
    hint: 'add it to spec.dependsOn',
    locations: [{ file: `clusters/prod/${name}.yaml`, line: 8 }],
    object: { ...apps, name },
    field: 'spec.dependsOn',
  }),
  ...more,
});

const lines = (findings: readonly Finding[]) => byCause(findings).map(formatFinding).join('\n');

describe('one finding for one cause', () => {
  it('lists the objects with the cause, at the place of the first', () => {
    expect(lines([race('one'), race('two')])).toBe(
      [
        'warning: crd-race at clusters/prod/one.yaml:8',
        '  spec.dependsOn: several Kustomizations apply objects, but do not wait for it',
        '  concerns:',
        '    Kustomization "flux-system/one" at clusters/prod/one.yaml:8',
        '    Kustomization "flux-system/two" at clusters/prod/two.yaml:8',
        '  fix: add it to spec.dependsOn',
      ].join('\n'),
    );
  });

  it('says what applies the places, once if it is the same', () => {
    const users = (...clusters: readonly string[]) => ({
      usedBy: clusters.map((cluster) => ({ cluster, kustomization: 'flux-system/apps' })),
    });
    const [both, one] = [users('prod', 'test'), users('prod')];
    expect(
      lines([
        { ...race('one'), ...both },
        { ...race('two'), ...both },
      ]),
    ).toContain(
      [
        '    Kustomization "flux-system/two" at clusters/prod/two.yaml:8',
        '  applied by: prod flux-system/apps, test flux-system/apps',
        '  fix: add it to spec.dependsOn',
      ].join('\n'),
    );
    expect(lines([{ ...race('one'), ...one }, { ...race('two'), ...both }, race('three')])).toContain(
      [
        '    Kustomization "flux-system/one" at clusters/prod/one.yaml:8 (applied by prod flux-system/apps)',
        '    Kustomization "flux-system/two" at clusters/prod/two.yaml:8 (applied by prod flux-system/apps, test flux-system/apps)',
        '    Kustomization "flux-system/three" at clusters/prod/three.yaml:8',
        '  fix: add it to spec.dependsOn',
      ].join('\n'),
    );
    expect(lines([{ ...ignored('prod'), ...one }, ignored('test')])).toContain(
      'concerns:\n    Kustomization "flux-system/apps" at clusters/prod/apps.yaml:4 (applied by prod flux-system/apps)\n',
    );
  });

  it('lists the files with the same mistake in the same object', () => {
    expect(lines([ignored('prod'), ignored('test')])).toBe(
      [
        'warning: health-check-ignored at clusters/prod/apps.yaml:4',
        '  spec.healthChecks: ignored, because wait: true waits for everything',
        '  also at:',
        '    clusters/test/apps.yaml:4',
      ].join('\n'),
    );
  });

  it('names each line once', () => {
    const field = (name: string, line = 4) => ({
      ...ignored('prod'),
      field: name,
      cause: 'c',
      locations: [{ file: 'a', line }],
    });
    expect(lines([field('a'), field('b')])).not.toContain('also at');
    expect(lines([field('a'), field('b', 5), field('c', 5)])).toMatch(/also at:\n {4}a:5(?!\n {4})/);
  });

  it('has the findings with their own messages as data, and drops the cause', () => {
    const [found] = byCause([race('one'), race('two')]);
    expect(found?.occurrences?.map(({ message }) => message)).toEqual([
      'applies Certificate "one", but does not wait for it',
      'applies Certificate "two", but does not wait for it',
    ]);
    expect(JSON.stringify(byCause([race('one'), race('two'), race('one', { hint: 'other' })]))).not.toContain(
      '"cause"',
    );
  });

  it('names at most a dozen places', () => {
    const many = Array.from({ length: 20 }, (_, index) => race(`app-${index}`));
    expect(lines(many)).toContain('app-11.yaml:8\n    and 8 more\n');
  });

  it('leaves out who applies only the first', () => {
    const usedBy = [{ cluster: 'prod', kustomization: 'flux-system/apps' }];
    const [found] = byCause([race('one', { usedBy }), race('two')]);
    expect(found).not.toHaveProperty('usedBy');
    expect(found?.occurrences?.[0]?.usedBy).toEqual(usedBy);
  });

  it.each([
    ['of one object', [ignored('prod'), ignored('prod', 'infra')]],
    ['with another fix', [race('one'), race('two', { hint: 'move it' })]],
    ['with another severity', [race('one'), race('two', { severity: 'error' })]],
    ['that are infos', [race('one', { severity: 'info' }), race('two', { severity: 'info' })]],
    ['with other details', [{ ...ignored('prod'), details: ['A'] }, ignored('test')]],
    ['without an object', [ignored('prod'), ignored('test')].map((one) => ({ ...one, object: undefined }))],
  ])('keeps findings %s apart', (_, findings) => {
    expect(byCause(findings)).toHaveLength(2);
  });
});

describe('findings with one cause', () => {
  const findings = byCause([race('one'), ignored('prod'), race('two')]);

  it('come apart again', () => {
    expect(occurrencesOf(findings).map(({ locations: [place] }) => place?.file)).toEqual([
      'clusters/prod/one.yaml',
      'clusters/prod/two.yaml',
      'clusters/prod/apps.yaml',
    ]);
  });

  it('have all their places changed', () => {
    const moved = mapLocations(findings, (place) => ({ ...place, file: `deploy/${place.file}` }));
    expect([...moved, ...occurrencesOf(moved)].map(({ locations: [place] }) => place?.file)).toEqual([
      'deploy/clusters/prod/one.yaml',
      'deploy/clusters/prod/apps.yaml',
      'deploy/clusters/prod/one.yaml',
      'deploy/clusters/prod/two.yaml',
      'deploy/clusters/prod/apps.yaml',
    ]);
  });
});

describe('a finding with many places', () => {
  it('has the first in its first line', () => {
    const found = finding({
      code: 'crd-race',
      message: '4 Kustomizations do not wait',
      locations: ['a', 'b', 'c', 'd'].map((name) => ({ file: `${name}.yaml` })),
    });
    expect(formatFinding(found)).toBe(
      'warning: crd-race at a.yaml\n  4 Kustomizations do not wait\n  also at:\n    b.yaml\n    c.yaml\n    d.yaml',
    );
  });
});
