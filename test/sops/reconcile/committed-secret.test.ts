import { FindingsError } from '../../../lib/findings/findings-error';
import { readCommittedSecret } from '../../../lib/sops/reconcile/committed-secret';
import { fixture } from '../fixtures';

const text = fixture('encrypted/simple.age-1.yaml');
const [line = '', field = ''] = /^ +(\w[\w-]*): ENC\[.*$/m.exec(text) ?? [];

/** The codes and places of the findings of a file, or the names of its entries. */
function read(changed: string): readonly string[] {
  try {
    return [...readCommittedSecret(Buffer.from(changed), 'a.yaml').entries.keys()];
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return error.findings.map(({ code, locations: [place] }) => `${code} ${place?.file}`);
  }
}

describe('a committed Secret', () => {
  const replaced = (value: string) => text.replace(line, line.replace(/ENC\[.*/, value));

  it('may have an empty value, which sops does not encrypt', () => {
    expect(read(replaced('""'))).toEqual(read(text));
    expect(read(text)).toContain(field);
  });

  it.each([
    ['a value in plain text', replaced('plain'), 'sops-plaintext-leaked a.yaml'],
    ['another kind', text.replace('kind: Secret', 'kind: ConfigMap'), 'sops-not-a-secret a.yaml'],
    ['another version', text.replace('apiVersion: v1', 'apiVersion: v2'), 'sops-not-a-secret a.yaml'],
    [
      'an encrypted name',
      text.replace(/^( +name:) .*$/m, `$1 ${line.trim().slice(field.length + 2)}`),
      'sops-metadata-encrypted a.yaml',
    ],
  ])('fails with %s', (_, changed, finding) => {
    expect(changed).not.toBe(text);
    expect(read(changed)).toEqual([finding]);
  });
});
