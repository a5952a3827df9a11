import { checkTree } from '../../lib/check/check-tree';
import { rolloutFiles } from '../../lib/rollout/fleet-file';
import { printFleet } from '../../lib/rollout/print-fleet';
import { bootstrap, treeOf } from '../graph/tree-of';

const FLEET = printFleet({
  rings: [
    { name: 'staging', soak: '24h', clusters: new Map([['staging', 'clusters/staging']]) },
    { name: 'production', soak: '0s', clusters: new Map([['prod', 'clusters/prod']]) },
  ],
  components: [
    {
      name: 'ingress',
      pins: ['ingress'],
      kustomizations: [{ namespace: 'flux-system', name: 'ingress', clusters: ['staging', 'prod'] }],
    },
  ],
});
const rollout = rolloutFiles({ pins: 'pins.yaml', output: 'out', namesOutput: false });

function found(files: Readonly<Record<string, string>>): readonly string[] {
  const tree = treeOf({ ...bootstrap, ...files });
  return checkTree(tree, { rollout }).findings.map(
    ({ code, severity, locations: [place] }) => `${severity} ${code} ${place?.file}:${place?.line}`,
  );
}
const pins = (lines: string) =>
  `version: 1\npins:\n  ingress:\n    staging: 1.0.0\n    production: 1.0.0\n${lines}`;

describe('check of a fleet', () => {
  it('reports nothing about a fleet that matches its rings, or about the files themselves', () => {
    expect(found({ 'out/fleet.json': FLEET, 'pins.yaml': pins('') })).toEqual([]);
  });

  it('fails on a pin that the fleet uses and the file lacks, also if there is no such file', () => {
    const lacking = ['error pin-missing out/fleet.json:undefined'];
    expect(found({ 'out/fleet.json': FLEET })).toEqual(lacking);
    const other = pins('').replace('ingress:', 'ingres:');
    expect(found({ 'out/fleet.json': FLEET, 'pins.yaml': other })).toEqual(lacking);
    expect(found({ 'out/fleet.json': FLEET, 'pins.yaml': 'version: 2\n' })).toEqual([
      'error pins-invalid pins.yaml:1',
    ]);
  });

  it('fails on pins with unknown rings, if the file of the fleet is missing or not ours', () => {
    expect(found({ 'pins.yaml': pins('') })).toEqual(['error fleet-missing pins.yaml:undefined']);
    expect(found({ 'fleet.json': '{}', 'pins.yaml': pins('') })).toEqual([
      'error fleet-missing pins.yaml:undefined',
    ]);
    expect(found({ 'pins.yaml': 'version: 1\npins: {}\n' })).toEqual([]);
  });

  it('ignores files of other tools', () => {
    expect(found({ 'fleet.json': '{"namespace": "x"}', 'pins.yaml': '- 1\n' })).toEqual([]);
    expect(found({ 'pins.yaml': '- 1\n' })).toEqual([]);
  });

  it('reports what is wrong with the pins', () => {
    const wrong = pins('').replace('production: 1.0.0', 'production: 1.1.0');
    expect(found({ 'fleet.json': FLEET, 'pins.yaml': wrong })).toEqual([
      'error pin-ahead-of-ring pins.yaml:5',
    ]);
    expect(found({ 'fleet.json': FLEET, 'pins.yaml': 'version: 1\npins: []\n' })).toEqual([
      'error pins-invalid pins.yaml:2',
    ]);
  });

  it('reports suspended components and emergencies', () => {
    const more = [
      'emergencies:',
      '  ingress:',
      '    production: { value: 1.1.0, since: 2026-03-02, reason: CVE }',
      'suspended:',
      '  ingress:',
      '    prod: { since: 2026-03-02, reason: 503s }',
      '    pord: { since: 2026-03-02, reason: 503s }',
      '',
    ].join('\n');
    const text = pins(more).replace('production: 1.0.0', 'production: 1.1.0');
    expect(found({ 'fleet.json': FLEET, 'pins.yaml': text })).toEqual([
      'info pin-emergency pins.yaml:8',
      'info component-suspended pins.yaml:11',
      'warning suspension-unknown pins.yaml:12',
    ]);
  });

  it('fails on a file of a fleet that someone edited', () => {
    const broken = FLEET.replace('"soak": "24h",', '');
    expect(found({ 'fleet.json': broken, 'pins.yaml': pins('') })).toEqual([
      'error fleet-file-invalid fleet.json:undefined',
    ]);
  });
});
