const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
] as const;

/** A time span in its largest unit, two where the first is small: `12d`, `1d4h`, `5m`. */
export function describeAge(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const at = UNITS.findIndex(([, size]) => whole >= size);
  const [unit, size] = UNITS[at] ?? ['s', 1];
  const count = Math.floor(whole / size);
  const [smaller, part] = UNITS[at + 1] ?? ['', 1];
  const rest = at < 0 || count >= 3 ? 0 : Math.floor((whole % size) / part);
  return `${count}${unit}${rest > 0 && smaller !== '' ? `${rest}${smaller}` : ''}`;
}
