import type { CheckReport } from '../check/check-tree';
import type { CheckConfig } from '../config/check-config';
import { nameOf } from '../findings/object-name';
import { plural } from '../findings/summary';

/** The findings about what Flux would refuse once it is locked down. */
const REFUSED: ReadonlySet<string> = new Set([
  'cross-namespace-reference',
  'remote-base-refused',
  'service-account-missing',
]);

/** Findings about a missing lock-down do not belong in a trial. */
const TRIAL: ReadonlySet<string> = new Set(['lock-down-missing']);

/** The settings of a check, which assumes on request that every cluster is locked down. */
export function lockDownSettings(
  settings: CheckConfig | undefined,
  assumed = false,
): { readonly settings?: CheckConfig; readonly skip?: ReadonlySet<string> } {
  if (!assumed) return { settings };
  const clusters = Object.entries(settings?.clusters ?? {}).map(
    ([name, own]) => [name, { ...own, lockDown: true }] as const,
  );
  return { settings: { ...settings, lockDown: true, clusters: Object.fromEntries(clusters) }, skip: TRIAL };
}

/** What would stop working if every cluster were locked down. */
export function lockDownSummary({ findings }: CheckReport): string {
  const refused = findings.filter(({ code, severity }) => REFUSED.has(code) && severity === 'error');
  const names = [
    ...new Set(
      refused.flatMap(({ object, locations: [first] }) =>
        object ? [`${nameOf(object)}${first?.file === undefined ? '' : ` in ${first.file}`}`] : [],
      ),
    ),
  ];
  if (names.length === 0) return 'if Flux were locked down, it would refuse nothing\n';
  const list = names.map((name) => `  ${name}\n`).join('');
  return `if Flux were locked down, it would refuse ${plural(names.length, 'object')}:\n${list}`;
}
