import { isCode } from '../../lib/plain/error-code';
import { blockedFinding, failedOperation, keptFinding, type KeptReason } from '../../lib/publish/problems';

const PATH = 'out/a.yaml';
const SAFE = `run again with --overwrite ${PATH}; this is safe, because Flux applies the same objects`;

describe('the finding for a file that is kept', () => {
  it.each<[KeptReason, boolean, string, string]>([
    ['file-edited', false, 'does not overwrite it', 'make the same change in the code'],
    ['file-edited', true, 'does not delete it, although the code no longer creates it', 'delete the file'],
    ['file-not-ours', false, 'is not recorded as written by cdk8s-flux', 'move the file away'],
    ['merge-conflict', false, 'has merge-conflict markers', 'resolve the conflict in the code'],
  ])('says why and what to do (%s, removal: %j)', (code, removal, message, hint) => {
    const found = keptFinding(code, PATH, { removal, constructPath: 'prod/web' });
    expect(found).toMatchObject({
      code,
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
      locations: [{ constructPath: 'prod/web', file: PATH }],
    });
    expect(found.message).toContain(JSON.stringify(PATH));
    expect(found.hint).toContain(`--overwrite ${PATH}`);
    expect(`${found.message} ${found.hint}`).not.toMatch(/same objects/);
  });

  it.each([
    [true, '; it contains the same objects in another format', SAFE],
    [false, 'did not write', 'make the same change'],
  ])('shows the difference, and whether Flux applies the same (%j)', (onlyFormatting, message, hint) => {
    const details = ['spec.replicas: 1 -> 2'];
    const found = keptFinding('file-edited', PATH, {
      removal: false,
      difference: { onlyFormatting, details },
    });
    expect(found.details).toEqual(details);
    expect(found.hint).toContain(hint);
    expect(found.message.endsWith(message)).toBe(onlyFormatting);
  });
});

describe('the finding for a file that cannot be written', () => {
  it.each([
    ['outside', 'link-outside-repository', '"out" , a symbolic link that leads out', 'replace the link'],
    ['folder', 'path-blocked', 'a folder, a link or a device is there', 'move out away'],
    ['file', 'path-blocked', '"out" is a file, and must be a folder', 'move out away'],
  ] as const)('says what is in the way (%s)', (state, code, message, hint) => {
    expect(blockedFinding(PATH, { state, cause: 'out' }, 'prod/web')).toMatchObject({
      code,
      message: expect.stringContaining(message.replace(' ,', ',')),
      hint: expect.stringContaining(hint),
      locations: [{ constructPath: 'prod/web', file: PATH }],
    });
  });
});

describe('an error of the file system', () => {
  const failed = (cause: unknown) => failedOperation('write', PATH, cause).findings[0];

  it.each([
    [{ code: 'ENOSPC' }, 'no space is left on the disk (ENOSPC)'],
    [{ code: 'EACCES' }, 'permission denied (EACCES)'],
    [Object.assign(new Error('odd'), { code: 'EODD' }), 'Error: odd (EODD)'],
    [new Error('odd'), 'Error: odd'],
    ['text', 'text'],
    [null, 'null'],
    [undefined, 'undefined'],
  ])('is said in words (%j)', (cause, reason) => {
    expect(failed(cause)).toMatchObject({ code: 'publish-failed', locations: [{ file: PATH }] });
    expect(failed(cause)?.message).toBe(`could not write "${PATH}": ${reason}`);
  });

  it.each([
    [{ code: 'ENOENT' }, true],
    [{ code: 'ENOTDIR' }, true],
    [{ code: 'EPERM' }, false],
    [{}, false],
    [null, false],
    ['ENOENT', false],
  ])('is recognized by its code (%j)', (error, expected) => {
    expect(isCode(error, 'ENOENT', 'ENOTDIR')).toBe(expected);
  });
});
