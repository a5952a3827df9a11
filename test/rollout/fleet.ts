import type { FleetFacts } from '../../lib/rollout/fleet-file';
import { parsePins } from '../../lib/rollout/parse-pins';
import { PinsHistory } from '../../lib/rollout/pins-history';
import type { RolloutState } from '../../lib/rollout/rollout-state';

const clusters = (...names: readonly string[]) => new Map(names.map((name) => [name, `clusters/${name}`]));

/** Three rings, of which the last has two clusters, with one component. */
export const FLEET: FleetFacts = {
  rings: [
    { name: 'staging', soak: '24h', clusters: clusters('staging') },
    { name: 'canary', soak: '48h', clusters: clusters('canary') },
    { name: 'production', soak: '0s', clusters: clusters('eu', 'us') },
  ],
  components: [
    {
      name: 'ingress',
      pins: ['ingress'],
      kustomizations: [
        { namespace: 'flux-system', name: 'ingress', clusters: ['staging', 'canary', 'eu', 'us'] },
      ],
    },
  ],
};

/** The text of a pins file with one pin, and more lines. */
export function pinsText(values: readonly (string | undefined)[], more = ''): string {
  const lines = FLEET.rings.flatMap(({ name }, index) =>
    values[index] === undefined ? [] : [`    ${name}: ${values[index]}\n`],
  );
  return `version: 1\npins:\n  ingress:\n${lines.join('')}${more}`;
}

/** The history of the main branch: how many hours ago, and the text. */
export type Past = readonly (readonly [hoursAgo: number, text: string])[];

/** The state of a fleet whose working tree equals the newest commit, unless a text is given. */
export function stateOf(past: Past, text = past[0]?.[1] ?? ''): RolloutState {
  const now = new Date('2026-03-10T12:00:00Z');
  const versions = past.map(([hoursAgo, content], index) => ({
    commit: `commit-${index}`,
    time: now.getTime() / 1000 - hoursAgo * 3600,
    text: content,
  }));
  const { pins, findings } = parsePins(text, 'pins.yaml');
  expect(findings).toEqual([]);
  return { pins, fleet: FLEET, now, main: { name: 'main', history: new PinsHistory(versions, 'pins.yaml') } };
}
