import { bootstrap } from '../graph/tree-of';
import { oddFiles } from '../tools/odd-values';
import { checkFiles, readRulePage, rulePages } from './rule-pages';

const SETTINGS = 'cdk8s-flux.yaml';

describe('no value of a repository stops its check', () => {
  it.each(rulePages().map((code, index) => [code, index] as const))('%s', (code, index) => {
    const { bad, good } = readRulePage(code);
    for (const side of [bad, good]) {
      const { [SETTINGS]: settings = '', ...files } = side;
      for (const { change, files: odd } of oddFiles({ ...bootstrap, ...files }, index)) {
        const codes = checkFiles({ ...odd, [SETTINGS]: settings }).map(({ code: found }) => found);
        expect([change, codes.includes('evaluation-failed')]).toEqual([change, false]);
      }
    }
  });
});
