const unitSeconds: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  ns: 1e-9,
};

/** The seconds of a duration as Flux writes it (`1h30m`, `90s`); `undefined` for everything else. */
export function durationSeconds(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^(?:\d+(?:\.\d+)?(?:h|ms|m|s|us|µs|ns))+$/.test(value)) return undefined;
  const parts = value.match(/(?<!\d)\d+(?:\.\d+)?(?:h|ms|m|s|us|µs|ns)/g) ?? [];
  return parts.reduce(
    (sum, part) => sum + parseFloat(part) * (unitSeconds[part.replace(/[\d.]/g, '')] ?? 0),
    0,
  );
}

/** Seconds as text, in the largest units: `1h30m`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const parts = [hours ? `${hours}h` : '', minutes ? `${minutes}m` : '', rest ? `${rest}s` : ''];
  return parts.join('') || '0s';
}
