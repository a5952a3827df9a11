import { inspect } from 'node:util';
import { completedFinding as finding } from '../../lib/findings/finding';
import { FindingsError } from '../../lib/findings/findings-error';

const found = finding({ code: 'a-code', message: 'what is wrong', hint: 'what to do' });

describe('FindingsError', () => {
  it('has its findings as data', () => {
    expect(new FindingsError([found]).findings).toEqual([found]);
  });

  it('prints each finding once if nobody catches it', () => {
    const printed = inspect(new FindingsError([found]));
    expect(printed.split('what is wrong')).toHaveLength(2);
    expect(printed.split('a-code')).toHaveLength(2);
  });
});
