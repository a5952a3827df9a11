// The result of a run of mutants, as text.
import { relative } from 'node:path';

/**
 * The mutants for which all tests passed: file:line, the original and its replacement.
 *
 * @param sources - the texts of the files before the run
 */
export function formatSurvivors(results, root, sources) {
  return listMutants(results, ['Survived', 'NoCoverage'], { root, sources }).join('\n');
}

/** The mutants for which the tests did not end. */
export function formatTimeouts(results, root, sources) {
  const lines = listMutants(results, ['Timeout'], { root, sources });
  return lines.length === 0 ? '' : formatSection('timed out', lines);
}

function listMutants(results, statuses, { root, sources }) {
  const lineOf = (file) => sources.get(file).split('\n');
  return results
    .filter(({ status }) => statuses.includes(status))
    .map(({ fileName, location: { start, end }, replacement, status }) => ({
      file: relative(root, fileName),
      line: start.line,
      text: `${original(lineOf(fileName), start, end)}  ->  ${oneLine(replacement)}`,
      note: status === 'NoCoverage' ? '  (no test runs it)' : '',
    }))
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
    .map(({ file, line, text, note }) => `${file}:${line}  ${text}${note}`);
}

/** The tests that did not take part, with the reasons. */
export function formatLeftOut(leftOut) {
  return leftOut.length === 0 ? '' : formatSection('left out', leftOut);
}

function formatSection(title, lines) {
  return `\n${title}:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

/** The line with the score. Mutants that hang are counted separately: they are noticed, but not by a test. */
export function formatScore(room, results, { all, seed, tests, seconds }) {
  const count = (...statuses) => results.filter(({ status }) => statuses.includes(status)).length;
  const killed = count('Killed');
  const missed = count('Survived', 'NoCoverage');
  const unreached = count('NoCoverage');
  const share = ((100 * killed) / Math.max(1, killed + missed)).toFixed(1);
  const timeouts = count('Timeout');
  const broken = results.length - killed - missed - timeouts;
  return (
    `${room}: ${share} % killed (${killed} of ${killed + missed}; no test runs ${unreached}), ` +
    `${timeouts} timed out, ${broken} did not run, a sample of ${results.length} from ${all}, seed ${seed}, ` +
    `tests ${tests.join(', ')}, ${(seconds / Math.max(1, results.length)).toFixed(1)} s a mutant`
  );
}

function original(lines, start, end) {
  if (start.line === end.line) return lines[start.line - 1].slice(start.column - 1, end.column - 1);
  return `${oneLine(lines[start.line - 1].slice(start.column - 1))} ... (${end.line - start.line + 1} lines)`;
}

function oneLine(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 100 ? `${line.slice(0, 100)}...` : line;
}
