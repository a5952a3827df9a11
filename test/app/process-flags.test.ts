import v8 from 'node:v8';
import { GitOpsApp } from '../../lib';
import { compileLaterFlag } from '../../lib/plain/compile-later';

const FLAG = compileLaterFlag(process.versions.v8);

describe('the flags of V8', () => {
  const outdir = process.env['CDK8S_OUTDIR'];
  afterEach(() => {
    if (outdir === undefined) delete process.env['CDK8S_OUTDIR'];
    else process.env['CDK8S_OUTDIR'] = outdir;
  });

  it.each([
    ['stay as they are in a process of someone else, such as a test', undefined, []],
    ['are set in a process that cdk8s started for the app', 'dist/manifests', FLAG ? [[FLAG]] : []],
  ])('%s', (_, given, expected) => {
    if (given === undefined) delete process.env['CDK8S_OUTDIR'];
    else process.env['CDK8S_OUTDIR'] = given;
    const set = jest.spyOn(v8, 'setFlagsFromString').mockImplementation(() => undefined);
    new GitOpsApp();
    expect(set.mock.calls).toEqual(expected);
    set.mockRestore();
  });
});
