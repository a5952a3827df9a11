/**
 * A scalar as a key of JSON, as `sigs.k8s.io/yaml` makes it: numbers with a fraction or an exponent have 32 bits, in their
 * shortest form; `undefined` for an integer that it refuses, of more than 63 bits.
 *
 * @param text - the scalar as it stands
 */
export function goText(value: unknown, text: string): string | undefined {
  if (typeof value === 'bigint') return value < 2n ** 63n ? String(value) : undefined;
  if (typeof value !== 'number') return String(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '.nan' : value < 0 ? '-.inf' : '.inf';
  const isFloat = /\./.test(text) || /^[-+]?[\d_]+e/i.test(text) || Math.abs(value) >= 2 ** 64;
  return isFloat ? floatText(shortest(value)) : String(value);
}

/** The first power of ten that Go writes with an exponent. */
const LARGE = 6;

function floatText(value: number): string {
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  const isSmall = power >= -4 && power < LARGE;
  if (isSmall) return value.toFixed(Math.max(0, digits.replace(/\D/g, '').length - 1 - power));
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** The number with the fewest digits that is the same in 32 bits. */
function shortest(value: number): number {
  for (let digits = 1; digits < 17; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return short;
  }
  return value;
}
