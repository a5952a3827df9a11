/** The polynomial of AES's field, x^8 + x^4 + x^3 + x + 1. */
const REDUCTION = 0x11b;

/**
 * Joins shares of a secret (Shamir, over GF(2^8), byte by byte). A share is as long as the secret plus one byte, its
 * x coordinate.
 *
 * Fewer shares than the threshold give bytes that are not the secret, and nothing here can tell: the MAC of the file
 * does.
 *
 * @throws RangeError when there are fewer than two shares, or they differ in length or share a coordinate
 */
export function combineShares(shares: readonly Buffer[]): Buffer {
  const length = shares[0]?.length ?? 0;
  if (shares.length < 2 || length < 2 || shares.some((share) => share.length !== length)) {
    throw new RangeError(
      `expected two shares or more of one length, got ${shares.length} of ${shares.map((share) => share.length).join(', ')} bytes`,
    );
  }
  const xs = shares.map((share) => share[length - 1] ?? 0);
  if (new Set(xs).size !== xs.length || xs.includes(0)) {
    throw new RangeError(`expected shares with different coordinates from 1 to 255, got ${xs.join(', ')}`);
  }
  // The value of each Lagrange basis polynomial at zero, where the secret is.
  const weights = xs.map((x, index) =>
    xs.reduce(
      (product, other, at) => (at === index ? product : multiply(product, divide(other, other ^ x))),
      1,
    ),
  );
  const secret = Buffer.alloc(length - 1);
  for (let at = 0; at < secret.length; at += 1) {
    secret[at] = shares.reduce((sum, share, index) => sum ^ multiply(share[at] ?? 0, weights[index] ?? 0), 0);
  }
  return secret;
}

/** Multiplies in GF(2^8). */
function multiply(a: number, b: number): number {
  let product = 0;
  for (let left = a, right = b; right > 0; right >>= 1) {
    if (right & 1) product ^= left;
    left <<= 1;
    if (left & 0x100) left ^= REDUCTION;
  }
  return product;
}

/** Divides in GF(2^8): every number but 0 has the inverse a^254. */
function divide(a: number, b: number): number {
  let inverse = 1;
  for (let step = 0; step < 254; step += 1) inverse = multiply(inverse, b);
  return multiply(a, inverse);
}
