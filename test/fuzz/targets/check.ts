import { checkTree } from '../../../lib/check/check-tree';
import { formatJson } from '../../../lib/check/report/format-json';
import { formatSarif } from '../../../lib/check/report/format-sarif';
import { formatText } from '../../../lib/check/report/format-text';
import { treeOf } from '../../graph/tree-of';
import { textOf, type Target } from '../target';
import { mutatedRepository } from './repository-input';

/** Every rule on a repository, and the report in every format. */
export const check: Target = {
  name: 'check',
  cost: 3,
  input: mutatedRepository,
  run: (input) => {
    const tree = treeOf(Object.fromEntries(Object.keys(input).map((path) => [path, textOf(input, path)])));
    const report = checkTree(tree);
    formatText(report, tree);
    formatJson(report);
    formatSarif(report.findings, '1.0.0');
    const fault = report.findings.find(({ code }) => code === 'evaluation-failed');
    if (fault) throw new Error(fault.message);
  },
};
