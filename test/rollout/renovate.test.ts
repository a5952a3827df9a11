import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printPins } from '../../lib/rollout/print-pins';

interface RenovateConfig {
  readonly customManagers: readonly {
    readonly managerFilePatterns: readonly string[];
    readonly matchStrings: readonly string[];
  }[];
}

/** The configuration in the documentation. */
function documented(): RenovateConfig['customManagers'][number] {
  const page = readFileSync(join(__dirname, '../../docs/promotion.md'), 'utf8');
  const json = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const [manager] = (JSON.parse(json) as RenovateConfig).customManagers;
  if (!manager) throw new Error('the page shows no manager');
  return manager;
}

const PINS = printPins({
  pins: new Map([
    [
      'ingress-nginx',
      new Map([
        ['staging', '4.11.3'],
        ['canary', '4.11.2'],
        ['production', '4.11.2'],
      ]),
    ],
    [
      'podinfo',
      new Map([
        ['staging', '6.10'],
        ['production', '6.9'],
      ]),
    ],
    ['replicas', new Map<string, string | number>([['staging', 3]])],
  ]),
  renovate: new Map([
    [
      'ingress-nginx',
      'datasource=helm depName=ingress-nginx registryUrl=https://kubernetes.github.io/ingress-nginx',
    ],
    ['podinfo', 'datasource=docker depName=podinfo packageName=ghcr.io/stefanprodan/podinfo'],
  ]),
});

/** The matches of a manager: Renovate uses every match of its expression. */
function found(expression: string, text: string): Record<string, string | undefined>[] {
  return [...text.matchAll(new RegExp(expression, 'g'))].map(({ groups }) => ({ ...groups }));
}

describe('the manager for Renovate', () => {
  const { managerFilePatterns, matchStrings } = documented();
  const [expression = ''] = matchStrings;

  it('reads the pins file', () => {
    const [pattern = ''] = managerFilePatterns;
    expect(new RegExp(pattern.slice(1, -1)).test('pins.yaml')).toBe(true);
  });

  it('finds only the first ring of each pin', () => {
    expect(found(expression, PINS)).toEqual([
      expect.objectContaining({
        datasource: 'helm',
        depName: 'ingress-nginx',
        registryUrl: 'https://kubernetes.github.io/ingress-nginx',
        currentValue: '4.11.3',
      }),
      expect.objectContaining({
        datasource: 'docker',
        packageName: 'ghcr.io/stefanprodan/podinfo',
        currentValue: '6.10',
      }),
    ]);
    expect(found(expression, PINS.replaceAll('\n', '\r\n'))).toHaveLength(2);
  });

  it('uses only syntax that RE2 supports', () => {
    expect(expression).not.toMatch(/\(\?<?[=!]|\\\d|\(\?>/);
  });

  it('would update the ring below a comment at the end of a line, which check reports', () => {
    const trailing =
      'pins:\n  a:\n    staging: 1.1.0 # renovate: datasource=helm depName=a\n    canary: 1.0.0\n';
    expect(found(expression, trailing)).toMatchObject([{ currentValue: '1.0.0' }]);
  });
});
