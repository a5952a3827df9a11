import { formatDiffText } from '../../../lib/diff/report/text';
import { change, cluster, diffOf, everything } from './diffs';

describe('the text of a diff', () => {
  it('shows everything, the worst first', () => {
    const blocks = formatDiffText(everything).split('\n\n');
    const heads = blocks.map((block) => block.split(/:|\n| at /)[0]);
    expect(heads.slice(1)).toEqual([
      'deleted',
      'versions',
      'moved',
      'policy-changed',
      'upgraded',
      'secret-changed',
      'waiting for these changes',
      'new error',
      'resolved findings',
      'not compared',
    ]);
    expect(blocks.slice(0, 3).join('\n\n')).toMatchInlineSnapshot(`
     "1 deleted, 1 moved, 1 policy-changed, 1 upgraded, 1 secret-changed in 1 of 3 clusters: eu; 1 new finding; 1 finding resolved; 1 not compared

     deleted: Namespace shop at apps/ns.yaml:1
       Flux prunes it
       applied by: flux-system/shop
       in cluster eu
       with 8 objects: ConfigMap shop/c0, ConfigMap shop/c1, ConfigMap shop/c2, ConfigMap shop/c3, ConfigMap shop/c4 and 3 more
       fix: keep the file

     versions
       image  ghcr.io/shop/web  1.2.3 -> 2.0.0  major  Deployment shop/web"
    `);
    expect(blocks.slice(5, 7).join('\n\n')).toMatchInlineSnapshot(`
     "upgraded: Deployment shop/web
       Flux applies the new fields
       applied by: flux-system/shop
       in cluster eu
       spec.replicas: 1 -> 3
       spec.paused: not set -> true

     secret-changed: Secret shop/db
       an entry changes
       applied by: flux-system/shop
       in cluster eu
       data.password: changed (value not shown)"
    `);
  });

  it('says that nothing changes', () => {
    expect(formatDiffText(diffOf([], { clusterCount: 3 }))).toBe('no changes in 3 clusters\n');
  });

  it('lists an equal change in many clusters once, and counts those it does not name', () => {
    const clusters = Array.from({ length: 12 }, (_, index) => cluster(`c${index + 10}`, [change()]));
    const text = formatDiffText(diffOf(clusters, { clusterCount: 16 }));
    expect(text).toContain('1 changed in 12 of 16 clusters: c10, c11, c12 and 9 more\n');
    expect(text).toContain('  in 12 clusters: c10, c11, c12 and 9 more\n');
    expect(text.match(/Deployment shop\/web/g)).toHaveLength(1);
  });

  it('names the only cluster once', () => {
    expect(formatDiffText(diffOf([cluster('prod', [change()])])).match(/prod/g)).toHaveLength(1);
  });

  it('counts the fields that it leaves out', () => {
    const fields = Array.from({ length: 5 }, (_, index) => ({ path: `spec.f${index}`, before: 1, after: 2 }));
    const text = formatDiffText(diffOf([cluster('a', [change({ fields })])]), { maxFields: 3 });
    expect(text).toContain('  spec.f2: 1 -> 2\n  and 2 more fields (--format json lists them)\n');
    expect(text).not.toContain('spec.f3');
  });

  it('cuts long values to what differs', () => {
    const long = (middle: string) => `${'a'.repeat(500)}${middle}${'z'.repeat(500)}`;
    const fields = [{ path: 'data.script', before: long('old'), after: long('new') }];
    const text = formatDiffText(diffOf([cluster('a', [change({ fields })])]));
    expect(text).toContain('...aaaaaaaaaaaaaaaaoldzzz');
    expect(text).toContain('-> ...aaaaaaaaaaaaaaaanewzzz');
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThan(200);
  });

  it.each(['', 'x'])('shows no half of a character where it cuts, after %j', (start) => {
    const long = start + '😀'.repeat(99);
    const fields = [
      { path: 'data.x', before: long, after: `${long}!` },
      { path: 'data.y', before: long, after: 1 },
    ];
    expect(formatDiffText(diffOf([cluster('a', [change({ fields })])]))).not.toMatch(/\\ud/);
  });

  it('lists the same version once, separately from others', () => {
    const upgrade = (name: string, before: string) =>
      change({
        class: 'upgraded',
        object: { group: 'apps', kind: 'Deployment', namespace: 'shop', name },
        versions: [{ of: 'image', name: 'web', before, after: '3.0.0', step: 'major' }],
      });
    const changes = [upgrade('b', '1.0.0'), upgrade('a', '1.0.0'), upgrade('c', '2.0.0')];
    expect(formatDiffText(diffOf([cluster('eu', changes), cluster('us', changes)]))).toContain(`versions
  image  web  1.0.0 -> 3.0.0  major  Deployment shop/a, Deployment shop/b
  image  web  2.0.0 -> 3.0.0  major  Deployment shop/c
`);
  });

  it('shortens digests in the table of versions as far as they stay distinct', () => {
    const [before, after] = ['1', '2'].map((digit) => `1.0.0@sha256:${digit.repeat(64)}`) as [string, string];
    const versions = [{ of: 'image', name: 'web', before, after, step: 'digest' }] as const;
    expect(formatDiffText(diffOf([cluster('a', [change({ versions })])]))).toContain(
      '  image  web  1.0.0@sha256:111111111111 -> 1.0.0@sha256:222222222222  digest',
    );
  });

  it('shows each change once, those that delete first before others of their class', () => {
    const moved = (name: string, deletesFirst: boolean) =>
      change({ class: 'moved', object: { group: '', kind: 'ConfigMap', name }, deletesFirst });
    const changes = [
      change({ class: 'deleted' }),
      moved('a', false),
      moved('b', true),
      moved('c', false),
      change(),
    ];
    const heads = formatDiffText(diffOf([cluster('eu', changes)])).match(/^[a-z]+: .*$/gm);
    expect(heads).toEqual([
      'deleted: Deployment shop/web',
      'moved: ConfigMap b',
      'moved: 2 objects',
      'changed: Deployment shop/web',
    ]);
  });

  it('controls no terminal and no CI runner, whatever names and messages contain', () => {
    const evil = '\u001b[31m\n::error::x\u202e##[error]';
    const object = { group: evil, kind: evil, namespace: evil, name: evil };
    const hostile = change({
      object,
      owner: evil,
      message: evil,
      hint: evil,
      location: { file: evil, line: 1 },
      fields: [{ path: evil, before: evil, after: evil }],
      versions: [{ of: 'image', name: evil, before: evil, after: evil, step: 'other' }],
      alongWith: [object],
    });
    const uncompared = [{ cluster: evil, object, reason: 'chart', detail: evil } as const];
    const text = formatDiffText(diffOf([cluster(evil, [hostile], [evil])], { clusterCount: 2, uncompared }));
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|^\s*::|##\[/m);
  });

  it('colours classes on request', () => {
    const text = formatDiffText(diffOf([cluster('a', [change({ class: 'deleted' })])]), { colour: true });
    expect(text).toContain('\u001b[31mdeleted:\u001b[39m Deployment shop/web');
  });
});
