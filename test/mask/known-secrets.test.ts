import { KnownSecrets } from '../../lib/mask/known-secrets';

const hide = (value: string, text: string) => new KnownSecrets([value], () => new Set()).hideIn(text);

describe('a known secret', () => {
  it.each([
    ['postgres', 'db://postgres@db', 'db://***@db'],
    ['postgres', 'postgres-password', '***-password'],
    ['postgres', 'of postgresql.cnpg.io/v1', 'of postgresql.cnpg.io/v1'],
    ['postgres', 'mypostgres', 'mypostgres'],
    ['postgres', '2postgres', '2postgres'],
    ['postgresqls', 'of postgresql', 'of postgresql'],
    ['p0stgres', 'ofp0stgresql', 'of***ql'],
    ['kGrTvXqLmWsB', 'ofkGrTvXqLmWsBql', 'of***ql'],
    ['correcthorsebattery', 'xcorrecthorsebatteryx', 'x***x'],
  ])('%s is hidden in %s', (value, text, shown) => expect(hide(value, text)).toBe(shown));
});
