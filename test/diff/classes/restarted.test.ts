import { claimOf, itClassifies, manifest, type Case } from '../cases';

const POD = (image: string) => `template: { spec: { containers: [{ name: a, image: "a:${image}" }] } }`;
const change = (kind: string, what: string, more = '', before = POD('1'), after = POD('2')): Case => {
  const make = manifest('apps/v1', kind);
  return [what, make(`spec: { ${before}${more} }`), make(`spec: { ${after}${more} }`)];
};
const cron = manifest('batch/v1', 'CronJob');

describe('pod templates', () => {
  itClassifies('restarted', {
    belong: [
      change('Deployment', 'an image of a Deployment'),
      change('StatefulSet', 'an image of a StatefulSet'),
      change('DaemonSet', 'an image of a DaemonSet'),
      change(
        'StatefulSet',
        'some pods of a StatefulSet',
        ', updateStrategy: { rollingUpdate: { partition: 2 } }',
      ),
      change(
        'Deployment',
        'an annotation of the pods',
        '',
        'template: { metadata: { annotations: { a: b } } }',
        'template: { metadata: { annotations: { a: c } } }',
      ),
      [
        'the template of a CronJob',
        cron(`spec: { jobTemplate: { spec: { ${POD('1')} } } }`),
        cron(`spec: { jobTemplate: { spec: { ${POD('2')} } } }`),
      ],
    ],
    others: [
      change('Deployment', 'the replicas', '', 'replicas: 1', 'replicas: 2'),
      change('Deployment', 'a Deployment without pods', ', replicas: 0'),
      change(
        'StatefulSet',
        'a StatefulSet that waits for its pods to be deleted',
        ', updateStrategy: { type: OnDelete }',
      ),
      change(
        'DaemonSet',
        'a DaemonSet that waits for its pods to be deleted',
        ', updateStrategy: { type: OnDelete }',
      ),
      change('ReplicaSet', 'the template of a ReplicaSet, which only new pods take'),
      [
        'a Deployment of another group',
        manifest('example.com/v1', 'Deployment')(`spec: { ${POD('1')} }`),
        manifest('example.com/v1', 'Deployment')(`spec: { ${POD('2')} }`),
      ],
      ['the schedule of a CronJob', cron('spec: { schedule: a }'), cron('spec: { schedule: b }')],
    ],
  });

  it.each([
    ['Deployment', ', paused: true', /once the Deployment is no longer paused/],
    ['StatefulSet', ', updateStrategy: { rollingUpdate: { partition: 2 } }', /with number 2 and higher/],
    ['StatefulSet', '', /one by one/],
    ['DaemonSet', '', /on all nodes/],
  ])('show what happens to the pods of a %s%s', (kind, more, expected) => {
    expect(claimOf('restarted', change(kind, '', more))?.message).toMatch(expected);
  });

  it('lead to a warning if all pods stop first', () => {
    expect(claimOf('restarted', change('Deployment', '', ', strategy: { type: Recreate }'))?.hint).toContain(
      'downtime',
    );
    expect(claimOf('restarted', change('Deployment', ''))?.hint).toBeUndefined();
  });
});
