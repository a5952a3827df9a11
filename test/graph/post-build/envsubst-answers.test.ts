import { substituteText, SubstitutionError } from '../../../lib/graph/post-build/envsubst';
import { answersOf } from '../../tools/answers';

const values: Readonly<Record<string, string>> = {
  A: 'abc/def.abc',
  B: '',
  C: 'häß',
  D: 'x y',
  E: '1.2.3',
};

const answers = answersOf<string, { text?: string; error?: string }>('graph/envsubst').filter(
  // An undefined variable is an error for Flux, and stays unchanged here; half a letter is not text.
  ([, { text, error }]) => !error?.includes('variable not set') && !text?.includes('\ufffd'),
);

describe('variables are substituted as by Flux', () => {
  it.each(answers)('%j', (template, { text, error }) => {
    const substitute = () => substituteText(template, (variable) => values[variable]);
    if (error === undefined) expect(substitute()).toBe(text);
    else expect(substitute).toThrow(SubstitutionError);
  });
});
