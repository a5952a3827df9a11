import { anyWordSays, nameSays, type NameSays } from '../../lib/sops/secret-names';

const cases = (names: readonly string[], own: NameSays, any = own): [string, NameSays, NameSays][] =>
  names.map((name) => [name, own, any]);

describe('the name of a value', () => {
  it.each([
    ...cases(
      ['password', 'DB_PASSWORD', 'dbPassword', 'rootpassword', 'password2', 'user.passwd'],
      'password',
    ),
    ...cases(['pass', 'PWD', 'pw', 'wifiPassphrase', 'passcode', 'pin', 'PSK', 'mypassphrase'], 'password'),
    ...cases(['token', 'apiToken', 'API_TOKEN_1', 'githubtoken', 'appsecret', 'myapikey', 'secret'], 'token'),
    ...cases(
      ['jwt', 'BEARER', 'cookie', 'salt', 'seed', 'hmac', 'accesskey', 'authkey', 'credentials'],
      'token',
    ),
    ...cases(
      ['api-key', 'privateKey', 'AWS_ACCESS_KEY', 'signing.key', 'TLSKey', 'RCONKey', 'hmac_key'],
      'token',
    ),
    ...cases(['passwordFile', 'tokenUrl', 'SECRET_NAME', 'jwtIssuer', 'client_id', 'pinLength'], 'none'),
    ...cases(['existingSecret', 'existing-password', 'passwordKey', 'tokenKey', 'public_key'], 'none'),
    ...cases(['sha256', 'passwordSha256', 'tokenHash', 'DB_HOST1'], 'none'),
    ...cases(['passwordSha512', 'password_production', 'pinCode', 'PASS_SHA1'], 'unknown', 'password'),
    ...cases(['tokenGithub', 'TOKEN_GITHUB', 'secretValue', 'jwtThing'], 'unknown', 'token'),
    ...cases(['key', 'KEY', 'key1'], 'unknown', 'token'),
    ...cases(['tokenPasswordThing', 'passwordTokenThing'], 'unknown', 'password'),
    ...cases(['thing', '', '--', '42', 'myKey', 'a.key.b', 'passwords', 'tokens', 'nonexisting'], 'unknown'),
  ])('%j says %s by its last word, and %s by any', (name, own, any) => {
    expect([nameSays(name), anyWordSays(name)]).toEqual([own, any]);
  });
});
