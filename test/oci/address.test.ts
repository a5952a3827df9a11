import { checkTag, isLoopback, parseAddress } from '../../lib/oci/address';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

describe('the address of an artifact', () => {
  it.each([
    ['oci://ghcr.io/myorg/fleet', { registry: 'ghcr.io', repository: 'myorg/fleet' }],
    ['oci://ghcr.io/myorg/fleet:v1.4.0_rc-1', { tag: 'v1.4.0_rc-1' }],
    ['oci://localhost:5000/fleet:main', { registry: 'localhost:5000', repository: 'fleet', tag: 'main' }],
    ['oci://[::1]:5000/fleet', { registry: '[::1]:5000' }],
    [`oci://ghcr.io/a/b__c.d--e@${DIGEST}`, { repository: 'a/b__c.d--e', digest: DIGEST }],
    [`oci://ghcr.io/fleet:main@${DIGEST}`, { tag: 'main', digest: DIGEST }],
  ])('is read: %s', (text, expected) => {
    expect(parseAddress(text)).toMatchObject(expected);
  });

  it.each([
    ['ghcr.io/myorg/fleet', 'it must start with oci://'],
    ['https://ghcr.io/myorg/fleet', 'it must start with oci://'],
    ['oci://', '"" is not a valid host'],
    ['oci://-host/fleet', '"-host" is not a valid host'],
    ['oci://ghcr.io', '"" is not a valid repository name'],
    ['oci://ghcr.io/MyOrg/fleet', '"MyOrg/fleet" is not a valid repository name'],
    ['oci://ghcr.io/myorg/../fleet', '"myorg/../fleet" is not a valid repository name'],
    ['oci://ghcr.io/myorg//fleet', '"myorg//fleet" is not a valid repository name'],
    ['oci://ghcr.io/myorg/fleet:', '"" is not a valid tag'],
    ['oci://ghcr.io/myorg/fleet:a/b', '"a/b" is not a valid tag'],
    ['oci://ghcr.io/myorg/fleet@sha256:abc', '"sha256:abc" is not a valid digest'],
    [`oci://ghcr.io/fleet@${DIGEST}@${DIGEST}`, 'is not a valid digest'],
  ])('fails for %j', (text, message) => {
    expect(() => parseAddress(text)).toThrow(message);
  });

  it.each(['oci://ci:hunter2@ghcr.io/fleet', 'https://ci:hunter2@ghcr.io/fleet', 'ci:hunter2@ghcr.io/fleet'])(
    'fails for one with credentials, without repeating them: %s',
    (text) => {
      expect(() => parseAddress(text)).toThrow(/is not a valid artifact address/);
      try {
        parseAddress(text);
      } catch (error) {
        expect(String(error)).not.toContain('hunter2@');
      }
    },
  );

  it('fails for a tag that is not one', () => {
    expect(checkTag('production')).toBe('production');
    expect(() => checkTag('../production')).toThrow('is not a valid tag');
  });

  it.each([
    ['localhost', true],
    ['localhost:5000', true],
    ['127.0.0.1:5000', true],
    ['[::1]:5000', true],
    ['localhost.example.com', false],
    ['127.example.com', false],
    ['ghcr.io', false],
  ])('knows whether %s is this machine', (registry, expected) => {
    expect(isLoopback(registry)).toBe(expected);
  });
});
