import { FindingsError } from '../../lib/findings/findings-error';
import { withChanges, withoutSuspensions, withSuspensions } from '../../lib/rollout/edit-pins';
import { parsePins } from '../../lib/rollout/parse-pins';
import { FLEET } from './fleet';

const TEXT = `# Our versions.
version: 1
pins:
  ingress: # the door
    # renovate: datasource=helm depName=ingress
    staging: "4.10" # new
    canary: '4.9'
    production: "4.9" # old
  loki:
    staging: 6.0.0
`;
const read = (text: string) => {
  const { pins, findings } = parsePins(text, 'pins.yaml');
  expect(findings).toEqual([]);
  return { text, pins };
};
const { rings } = FLEET;
const emergency = { since: '2026-03-10', reason: 'CVE-2026-1: #1' };

describe('an edit of the pins file', () => {
  it('changes one value, and nothing else: comments, quotes, order', () => {
    const text = withChanges(read(TEXT), [{ pin: 'ingress', ring: 'canary', to: '4.10' }], { rings });
    expect(text).toBe(TEXT.replace("canary: '4.9'", "canary: '4.10'"));
  });

  it('adds a ring without the comment for Renovate, and quotes text that looks like a number', () => {
    const text = withChanges(read(TEXT), [{ pin: 'loki', ring: 'canary', to: '6.0' }], { rings });
    expect(text).toBe(`${TEXT}    canary: "6.0"\n`);
    expect(parsePins(text, 'pins.yaml').pins.value('loki', 'canary')).toBe('6.0');
  });

  it('keeps the line ends of the file', () => {
    const text = withChanges(
      read(TEXT.replaceAll('\n', '\r\n')),
      [{ pin: 'loki', ring: 'canary', to: true }],
      {
        rings,
        emergency,
      },
    );
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('records an emergency in the order of names, and again with the new reason', () => {
    const first = withChanges(read(TEXT), [{ pin: 'loki', ring: 'production', to: '6.0.0' }], {
      rings,
      emergency,
    });
    const both = withChanges(read(first), [{ pin: 'ingress', ring: 'production', to: '4.11' }], {
      rings,
      emergency,
    });
    expect(both.slice(both.indexOf('emergencies'))).toMatchInlineSnapshot(`
     "emergencies:
       ingress:
         production:
           value: "4.11"
           since: "2026-03-10"
           reason: "CVE-2026-1: #1"
       loki:
         production:
           value: 6.0.0
           since: "2026-03-10"
           reason: "CVE-2026-1: #1"
     "
    `);
    const other = { since: '2026-03-11', reason: 'on' };
    const again = withChanges(read(both), [{ pin: 'ingress', ring: 'production', to: '4.12' }], {
      rings,
      emergency: other,
    });
    expect(parsePins(again, 'pins.yaml').pins.emergency('ingress', 'production')).toMatchObject({
      value: '4.12',
      ...other,
    });
  });

  it('removes an emergency once the rings before have caught up', () => {
    const ahead = withChanges(read(TEXT), [{ pin: 'ingress', ring: 'production', to: '4.10' }], {
      rings,
      emergency,
    });
    expect(ahead).toContain('emergencies:');
    const caughtUp = withChanges(read(ahead), [{ pin: 'ingress', ring: 'canary', to: '4.10' }], { rings });
    expect(caughtUp).not.toContain('emergencies');
    const back = withChanges(read(ahead), [{ pin: 'ingress', ring: 'production', to: '4.9' }], { rings });
    expect(back).toBe(TEXT);
  });

  it('suspends and resumes without a trace', () => {
    const why = { since: '2026-03-10', reason: '503s' };
    const held = withSuspensions(read(TEXT), [
      { component: 'ingress', cluster: 'us', ...why },
      { component: 'ingress', cluster: 'eu', ...why },
      { component: 'cert-manager', cluster: 'eu', ...why },
    ]);
    expect(held.slice(TEXT.length)).toMatchInlineSnapshot(`
     "suspended:
       cert-manager:
         eu:
           since: "2026-03-10"
           reason: 503s
       ingress:
         eu:
           since: "2026-03-10"
           reason: 503s
         us:
           since: "2026-03-10"
           reason: 503s
     "
    `);
    const { suspensions } = read(held).pins;
    const one = withoutSuspensions(read(held), suspensions.slice(0, 1));
    expect(parsePins(one, 'pins.yaml').pins.suspensions).toHaveLength(2);
    expect(withoutSuspensions(read(held), suspensions)).toBe(TEXT);
  });

  it('fails on a value that cannot be changed separately, and changes nothing', () => {
    const block =
      'version: 1\npins:\n  b:\n    staging: 1.1.0\n    canary: |-\n      1.0.0\n    production: 1.0.0\n';
    const edit = () => withChanges(read(block), [{ pin: 'b', ring: 'canary', to: '1.1.0' }], { rings });
    expect(edit).toThrow(FindingsError);
    expect(edit).toThrow('pins-uneditable at pins.yaml');
  });
});
