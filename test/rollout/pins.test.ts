import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePins } from '../../lib/rollout/parse-pins';
import { printPins } from '../../lib/rollout/print-pins';
import { readPins } from '../../lib/rollout/read-pins';

const FILE = `version: 1
pins:
  ingress-nginx:
    # renovate: datasource=helm depName=ingress-nginx
    staging: 4.11.3
    canary: "4.10"
    production: 4
  loki:
    staging: true
emergencies:
  ingress-nginx:
    canary:
      value: "4.10"
      since: 2026-03-02
      reason: CVE-2026-1
suspended:
  loki:
    eu-west-1: { since: 2026-03-02, reason: 503s }
`;

const problems = (text: string): readonly string[] =>
  parsePins(text, 'pins.yaml').findings.map(
    ({ code, message, locations: [place] }) => `${place?.line}: ${code}: ${message}`,
  );
const pin = (line: string): string => `version: 1\npins:\n  a:\n    ${line}\n`;

describe('the pins file', () => {
  const { pins, findings } = parsePins(FILE, 'pins.yaml');

  it('is read with its types', () => {
    expect(findings).toEqual([]);
    expect(pins.names).toEqual(['ingress-nginx', 'loki']);
    expect(pins.value('ingress-nginx', 'staging')).toBe('4.11.3');
    expect(pins.value('ingress-nginx', 'canary')).toBe('4.10');
    expect(pins.value('ingress-nginx', 'production')).toBe(4);
    expect(pins.value('loki', 'staging')).toBe(true);
    expect(pins.value('loki', 'canary')).toBeUndefined();
    expect(pins.value('grafana', 'staging')).toBeUndefined();
  });

  it('shows suspensions and emergencies, with their lines', () => {
    expect(pins.suspension('loki', 'eu-west-1')).toMatchObject({
      since: '2026-03-02',
      reason: '503s',
      line: 18,
    });
    expect(pins.suspension('loki', 'eu-west-2')).toBeUndefined();
    expect(pins.emergency('ingress-nginx', 'canary')).toMatchObject({ value: '4.10', line: 12 });
  });

  it('knows the value that Renovate updates', () => {
    const lines = [...(pins.valuesOf('ingress-nginx') ?? [])].map(([ring, { isAutomated }]) => [
      ring,
      isAutomated,
    ]);
    expect(lines).toEqual([
      ['staging', true],
      ['canary', false],
      ['production', false],
    ]);
    const trailing = parsePins(pin('staging: 1.0.0 # renovate: a\n    canary: 1.0.0'), 'pins.yaml').pins;
    expect(trailing.valuesOf('a')?.get('canary')?.isAutomated).toBe(true);
  });

  it('may be empty', () => {
    expect(problems('version: 1\n')).toEqual([]);
    expect(problems('version: 1\npins: {}\nemergencies: {}\nsuspended: {}\n')).toEqual([]);
  });

  it.each([
    ['nothing', '', 'undefined: pins-invalid: the key "version" is missing'],
    ['a list', '- a\n', '1: pins-invalid: a list is not a map'],
    ['an unknown key', 'version: 1\nrings: {}\n', '2: pins-invalid: unknown key'],
    ['a newer version', 'version: 2\n', '1: pins-invalid: 2 is not 1, the only value there is'],
    [
      'a number that loses digits',
      pin('staging: 4.10'),
      '4: pins-invalid: YAML changes this unquoted number',
    ],
    ['a number in octal', pin('staging: 010'), '4: pins-invalid: YAML changes this unquoted number'],
    ['a number without end', pin('staging: .inf'), '4: pins-invalid: YAML changes this unquoted number'],
    [
      'a long number',
      pin('staging: 12345678901234567890'),
      '4: pins-invalid: YAML changes this unquoted number',
    ],
    ['no value', pin('staging:'), '4: pins-invalid: null is not a string, a number'],
    ['a list of values', pin('staging: [1]'), '4: pins-invalid: a list is not a string, a number'],
    [
      'an empty value',
      pin('staging: ""'),
      '4: pins-invalid: "" is not a valid value; use one line of 1 to 500',
    ],
    ['a value of two lines', pin('staging: "1\\n::error::x"'), '4: pins-invalid: "1…" is not a valid value'],
    ['a strange name', pin('"__proto__": 1'), '4: pins-invalid: "__proto__" is not a valid name'],
    ['a key twice', pin('staging: 1\n    staging: 2'), '5: yaml-invalid: a mapping has the same key twice'],
    ['two documents', 'version: 1\n---\nversion: 1\n', '3: pins-invalid: the file has 2 YAML documents'],
    ['no reason', 'version: 1\nsuspended:\n  a:\n    b: {}\n', '4: pins-invalid: the key "since" is missing'],
    [
      'no day',
      'version: 1\nsuspended:\n  a:\n    b: { since: 2026-02-30, reason: x }\n',
      '4: pins-invalid: "2026-02-30" is not a date; write it as 2026-03-02',
    ],
    [
      'an alias, by which one ring would move with another',
      'version: 1\npins:\n  a:\n    staging: &a 1.0.0\n    canary: *a\n',
      '5: pins-invalid: a YAML alias repeats a part of the file',
    ],
    [
      'an alias of a whole pin',
      'version: 1\npins:\n  a: &a { staging: 1.0.0 }\n  b:\n    <<: *a\n',
      '5: pins-invalid: a YAML alias repeats a part of the file',
    ],
    [
      'a value with a character that nobody sees',
      'version: 1\npins:\n  a: { staging: "1.0.0\u200b" }\n',
      '3: pins-invalid: "1.0.0\u200b" is not a valid value',
    ],
    [
      'a reason that steers a terminal',
      'version: 1\nsuspended:\n  a:\n    b: { since: 2026-03-02, reason: "\\e[31m" }\n',
      '4: pins-invalid: the reason is not a single line of text',
    ],
    ['a conflict', '<<<<<<< a\n=======\n>>>>>>> b\n', '1: merge-conflict: '],
  ])('fails on %s', (_, text, expected) => {
    expect(problems(text)[0]).toContain(expected);
  });

  it('fails with all mistakes together, and keeps the correct entries', () => {
    const text = `version: 1\nextra: 1\npins:\n  a: { staging: [], canary: 1.0.0 }\n  b: x\n`;
    expect(problems(text)).toHaveLength(3);
    expect(parsePins(text, 'pins.yaml').pins.value('a', 'canary')).toBe('1.0.0');
  });

  it('fails on aliases that represent too much, without their cost', () => {
    const levels = 'abcdefgh'.split('').map((name, index) => {
      const inner =
        index === 0
          ? '1'
          : Array(10)
              .fill(`*${'abcdefgh'[index - 1]}`)
              .join(', ');
      return `${name}: &${name} [${inner}]`;
    });
    expect(problems(levels.join('\n'))[0]).toContain('yaml-invalid');
  });
});

describe('reading the pins of a repository', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'cdk8s-flux-pins-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('finds none if there is no file', () => {
    const { pins, findings } = readPins(root, 'pins.yaml');
    expect([pins.names, findings]).toEqual([[], []]);
  });

  it('reads the file', () => {
    writeFileSync(join(root, 'pins.yaml'), FILE);
    expect(readPins(root, 'pins.yaml').pins.value('loki', 'staging')).toBe(true);
  });

  it('fails on a link, which may lead to a key of the reader', () => {
    writeFileSync(join(root, 'key'), FILE);
    symlinkSync('key', join(root, 'pins.yaml'));
    const { pins, findings } = readPins(root, 'pins.yaml');
    expect(findings.map(({ code }) => code)).toEqual(['config-unreadable']);
    expect(pins.names).toEqual([]);
  });
});

describe('printing pins', () => {
  it('sorts them, and writes values that are read back unchanged', () => {
    const text = printPins({
      pins: new Map([
        ['loki', new Map([['staging', '4.10']])],
        [
          'grafana',
          new Map<string, string | number | boolean>([
            ['staging', true],
            ['canary', 'true'],
            ['production', '1.2.3'],
          ]),
        ],
      ]),
      renovate: new Map([['grafana', 'datasource=helm depName=grafana']]),
    });
    expect(text).toMatchInlineSnapshot(`
      "# The version that each ring of the fleet runs. Renovate updates the first ring;
      # cdk8s-flux promote copies a version to the next one.
      version: 1
      pins:
        grafana:
          # renovate: datasource=helm depName=grafana
          staging: true
          canary: "true"
          production: 1.2.3
        loki:
          staging: "4.10"
      "
    `);
    const { pins, findings } = parsePins(text, 'pins.yaml');
    expect(findings).toEqual([]);
    expect(pins.value('grafana', 'canary')).toBe('true');
    expect(pins.value('loki', 'staging')).toBe('4.10');
    expect(parsePins(printPins({ pins: new Map() }), 'pins.yaml').findings).toEqual([]);
  });
});
