import { validateObject } from '../../lib/schema/validate-object';

const workload = (kind: string, spec: object, metadata: object = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'a', ...metadata },
  spec,
});
const template = (labels: object | undefined, spec: object = {}) => ({
  metadata: labels && { labels },
  spec: { containers: [{ name: 'a', image: 'i' }], ...spec },
});
const problems = (object: object, substitutions = false) =>
  validateObject(object, { substitutions })
    .filter(({ code }) => code === 'schema-rule')
    .map(({ field, message }) => [field, message]);

describe('the selector of a workload', () => {
  const deployment = (wanted: object, labels: object | undefined, kind = 'Deployment') =>
    workload(kind, { selector: { matchLabels: wanted }, template: template(labels), serviceName: undefined });

  it('requires labels that its Pods have', () => {
    expect(problems(deployment({ app: 'web' }, { app: 'web', tier: 'front' }))).toEqual([]);
    expect(problems(deployment({ app: 'web' }, { app: 'site' }))).toEqual([
      [
        'spec.selector.matchLabels.app',
        'the selector of the Deployment requires the label "app: web", but its Pods have "site"; the API server refuses that',
      ],
    ]);
    expect(problems(deployment({ app: 'web' }, undefined, 'DaemonSet'))).toEqual([
      [
        'spec.selector.matchLabels.app',
        'the selector of the DaemonSet requires the label "app: web", but its Pods do not have it; the API server refuses that',
      ],
    ]);
  });

  it.each([
    [{}, 1],
    [{ matchLabels: {} }, 1],
    [{ matchLabels: null, matchExpressions: [] }, 1],
    [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, 0],
    [{ matchLabels: { app: 'web' } }, 0],
  ])('fails if it is empty, as %j is or is not', (selector, count) => {
    const found = problems(workload('Deployment', { selector, template: template({ app: 'web' }) }));
    expect(found).toHaveLength(count);
    const message = 'the selector of the Deployment is empty; the API server refuses that';
    if (count > 0) expect(found).toEqual([['spec.selector', message]]);
  });

  it('is not judged where variables may stand for anything', () => {
    expect(problems(deployment({ app: '${A}' }, { app: 'web' }), true)).toEqual([]);
    expect(problems(deployment({ app: 'web' }, { app: '${A}' }), true)).toEqual([]);
    expect(problems(deployment({ app: 'web' }, { '${A}': 'web' }), true)).toEqual([]);
    expect(problems(deployment({ app: '${A}' }, { app: 'web' }))).toHaveLength(1);
  });

  it('is not judged where the object is a part of one in the cluster', () => {
    const part = deployment({ app: 'web' }, { app: 'site' });
    const annotations = { 'kustomize.toolkit.fluxcd.io/ssa': 'Merge' };
    expect(problems({ ...part, metadata: { name: 'a', annotations } })).toEqual([]);
  });

  it('leaves values of another type to the schema', () => {
    expect(problems(deployment({ app: 1 }, { app: 'web' }))).toEqual([]);
    expect(problems(deployment({ app: '1' }, { app: 1 }))).toEqual([]);
  });
});

describe('what a container mounts', () => {
  const mounts = (name: string, spec: object = {}) =>
    template(undefined, {
      containers: [{ name: 'a', image: 'i', volumeMounts: [{ name, mountPath: '/a' }] }],
      ...spec,
    });
  const job = (of: object) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'a' },
    spec: { template: of },
  });

  it('is a volume of its Pod', () => {
    const volumes = [{ name: 'data', emptyDir: {} }];
    expect(problems(job(mounts('data', { volumes, restartPolicy: 'Never' })))).toEqual([]);
    expect(problems(job(mounts('date', { volumes, restartPolicy: 'Never' })))).toEqual([
      [
        'spec.template.spec.containers[0].volumeMounts[0].name',
        'the Pod has no volume "date", so it cannot be created',
      ],
    ]);
    const [problem] = validateObject(job(mounts('date', { volumes, restartPolicy: 'Never' })), {});
    expect(problem?.hint).toBe('did you mean "data"?');
    const first = {
      initContainers: [{ name: 'b', image: 'i', volumeMounts: [{ name: 'c', mountPath: '/c' }] }],
    };
    expect(problems(job(mounts('data', { volumes, ...first })))).toHaveLength(1);
  });

  it.each([
    ['annotations', 'Merge', 0],
    ['annotations', 'merge', 0],
    ['labels', 'Merge', 0],
    ['annotations', 'Override', 1],
  ])('may be in the cluster if %s have ssa: %s', (section, value, expected) => {
    const marks = { [section]: { 'kustomize.toolkit.fluxcd.io/ssa': value } };
    const merged = { ...job(mounts('data')), metadata: { name: 'a', ...marks } };
    expect(problems(merged)).toHaveLength(expected);
  });

  it('is a claim of its StatefulSet', () => {
    const set = (name: string) =>
      workload('StatefulSet', {
        selector: { matchLabels: { app: 'a' } },
        serviceName: 'a',
        template: { ...mounts('data'), metadata: { labels: { app: 'a' } } },
        volumeClaimTemplates: [{ metadata: { name }, spec: {} }],
      });
    expect([problems(set('data')).length, problems(set('other')).length]).toEqual([0, 1]);
  });

  it('may be a variable, and so may the volume', () => {
    expect(problems(job(mounts('${A}')), true)).toEqual([]);
    expect(problems(job(mounts('data', { volumes: [{ name: '${A}', emptyDir: {} }] })), true)).toEqual([]);
  });
});

describe('the image of a container', () => {
  const found = (image: unknown, list = 'containers') => {
    const spec = {
      template: { spec: { containers: [], [list]: [{ name: 'a', image }], restartPolicy: 'Never' } },
    };
    const violations = validateObject(
      { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a', namespace: 'b' }, spec },
      { substitutions: true },
    );
    return violations.filter(({ code }) => code === 'image-invalid');
  };

  it.each(['containers', 'initContainers'])('has no blanks in %s', (list) => {
    expect(found('FROM ghcr.io/acme/web:1.0', list)).toMatchObject([
      {
        severity: 'error',
        field: `spec.template.spec.${list}[0].image`,
        message: expect.stringContaining('must not contain blanks') as string,
      },
    ]);
  });

  it('has no capital letters', () => {
    expect(found('ghcr.io/Acme/web:V1')).toMatchObject([
      {
        message: expect.stringContaining('must not contain capital letters') as string,
        hint: 'write "ghcr.io/acme/web:V1"',
      },
    ]);
  });

  it.each([
    ['nginx', 0],
    [' nginx:1.27 ', 0],
    ['nginx:1.27-Alpine', 0],
    ['Nginx', 1],
    ['library/Nginx', 1],
    ['Registry/web', 0],
    ['registry:5000/Web', 1],
    ['REGISTRY.local/web', 0],
    ['localhost/Web@sha256:0A', 1],
    ['localhost/web@sha256:0A', 0],
    ['${IMAGE} x', 0],
    ['<IMAGE> X', 0],
    ['{{ .Image }}', 0],
    [7, 0],
  ])('is %s', (image, expected) => {
    expect(found(image)).toHaveLength(expected);
  });
});
