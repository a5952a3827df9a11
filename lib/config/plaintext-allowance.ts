import { PLAINTEXT_SECRET, type Allowance } from './allowance';

/** What to write instead. */
export const PLAINTEXT_HINT =
  'write an entry for each Secret, for example "file: apps/shop/test-key.yaml" and "object: Secret/shop/test-key"';

/**
 * What is wrong with an entry of `allow` for a secret in plain text. It names one object of one file: an entry for a
 * folder would also allow the next secret that somebody commits there.
 *
 * @param isFolder - whether a path from the root of the repository is that of a folder
 */
export function plaintextProblem(
  { code, object, file }: Allowance,
  isFolder: (path: string) => boolean,
): { readonly message: string; readonly key?: readonly string[] } | undefined {
  if (code !== PLAINTEXT_SECRET) return undefined;
  const missing = Object.entries({ file, object }).flatMap(([key, value]) => (value ? [] : [`"${key}"`]));
  if (missing.length > 0) {
    return {
      message: `an entry for plaintext-secret must name one object in one file; this one has no ${missing.join(' and no ')}`,
    };
  }
  if (!file?.endsWith('/') && !isFolder(file ?? '')) return undefined;
  return {
    key: ['file'],
    message: `${JSON.stringify(file)} is a folder; an entry for plaintext-secret must name a file`,
  };
}
