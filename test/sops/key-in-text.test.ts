import { lineOfPrivateKey, withoutEncodedKeys } from '../../lib/sops/key-in-text';

const BODY = 'A'.repeat(64);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const pem = (kind: string, body = BODY) => `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----\n`;
const age = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;
const lineIn = (text: string) => lineOfPrivateKey(Buffer.from(`a: b\n${text}`));

describe('lineOfPrivateKey', () => {
  it.each([
    ['in PEM', pem('PRIVATE KEY')],
    ['of a kind', pem('OPENSSH PRIVATE KEY')],
    ['of PGP', pem('PGP PRIVATE KEY BLOCK', `\n${BODY}`)],
    ['indented', `key: |\n  ${pem('RSA PRIVATE KEY').replaceAll('\n', '\n  ')}`.replace('key: |\n', '')],
    ['in quotes', JSON.stringify(pem('PRIVATE KEY'))],
    ['of age', `key: ${age}`],
    ['of age, of the newer kind', `key: ${age.replace('KEY-1', 'KEY-PQ-1')}`],
    ['in base64', `ca.key: ${base64(pem('EC PRIVATE KEY'))}`],
    ['of age in base64', `identity: ${base64(age)}`],
    [
      'of age in base64 with the comments of age-keygen',
      `identity: ${base64(`# created: 2024-01-01T00:00:00Z\n# public key: age1abcd\n${age}\n`)}`,
    ],
  ])('finds a key %s', (_, text) => {
    expect(lineIn(text)).toBe(2);
  });

  it('finds the first of several', () => {
    expect(lineIn(`${base64(pem('PRIVATE KEY'))}\n${pem('PRIVATE KEY')}`)).toBe(2);
    expect(lineIn(`${pem('PRIVATE KEY')}\n${base64(pem('PRIVATE KEY'))}`)).toBe(2);
    expect(lineIn(`crt: ${base64(pem('CERTIFICATE'))}\nkey: ${base64(pem('PRIVATE KEY'))}`)).toBe(3);
  });

  it.each([
    ['a certificate', pem('CERTIFICATE')],
    ['a certificate in base64', base64(pem('CERTIFICATE'))],
    ['a public key', pem('PUBLIC KEY')],
    ['a key that a passphrase protects', pem('ENCRYPTED PRIVATE KEY')],
    ['an older one', pem('RSA PRIVATE KEY', `Proc-Type: 4,ENCRYPTED\n${BODY}`)],
    ['an encrypted file of sops', pem('AGE ENCRYPTED FILE')],
    ['a placeholder', pem('PRIVATE KEY', '...')],
    ['words', 'description: a PEM file that starts with -----BEGIN PRIVATE KEY-----'],
    ['a placeholder of age', 'key: AGE-SECRET-KEY-1QQQ'],
    ['a long placeholder of age', `key: AGE-SECRET-KEY-1${'X'.repeat(58)}`],
    ['a comment in base64', base64('# created: by hand\nhello: world\n')],
  ])('finds none in %s', (_, text) => {
    expect(lineIn(text)).toBeUndefined();
  });
});

describe('withoutEncodedKeys', () => {
  it('hides a key, but no certificate', () => {
    const certificate = base64(pem('CERTIFICATE'));
    expect(withoutEncodedKeys(`ca.key: ${base64(pem('PRIVATE KEY'))}, x`, '***')).toBe('ca.key: ***, x');
    expect(withoutEncodedKeys(`ca.crt: ${certificate}`, '***')).toBe(`ca.crt: ${certificate}`);
  });
});
