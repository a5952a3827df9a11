import { composeComment, isReportComment, partsOf } from '../../../lib/ci/comment/parts';
import { singleText } from './single-text';

const LIMIT = 2000;
const commit = 'a'.repeat(40);
const COMMENT = composeComment(
  ['eu', 'us --> west', 'ü'].map((key) => ({ key, commit, text: `## In ${key}\n\n- **deleted** \`x\`` })),
  LIMIT,
);

/**
 * A comment that somebody may have edited: after one more part is added, it contains that part, and is read as it was
 * written.
 */
export const comment = singleText(
  'comment',
  () => [COMMENT],
  (text) => {
    isReportComment(text);
    const own = { key: 'own', commit, text };
    const others = partsOf(text).filter(({ key }) => key !== own.key);
    const body = composeComment([...others, own], LIMIT * 10);
    const found = partsOf(body);
    // Hundreds of parts do not fit, even without their contents.
    if (body.length < LIMIT * 10 && !found.some(({ key }) => key === own.key))
      throw new Error('the part is lost');
    if (body.length < LIMIT * 10 && composeComment(found, LIMIT * 10) !== body)
      throw new Error('a part was taken for a marker');
  },
);
