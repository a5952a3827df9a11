// Checks what no standard tool checks: that the changelog names each change once, and that the index lists all
// decisions.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const read = (path) => readFileSync(join(root, path), 'utf8');

/** The bullets of a Markdown text, each on one line. */
function bulletsOf(text) {
  return text
    .split(/\n(?=- |\n|#)/)
    .map((part) => part.trim().replace(/\s+/g, ' '))
    .filter((part) => part.startsWith('- '));
}

/** What two entries about one change have in common: their first words, without case and punctuation. */
const opening = (bullet) =>
  bullet
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '')
    .trim()
    .split(' ')
    .slice(0, 6)
    .join(' ');

function changelogProblems() {
  const seen = new Map();
  const problems = [];
  for (const release of read('CHANGELOG.md').split(/\n(?=## )/)) {
    seen.clear();
    for (const bullet of bulletsOf(release)) {
      if (!/[.:]$/.test(bullet))
        problems.push(`CHANGELOG.md: the entry does not end with a full stop: ${bullet}`);
      const before = seen.get(opening(bullet));
      if (before !== undefined)
        problems.push(`CHANGELOG.md: two entries begin alike:\n  ${before}\n  ${bullet}`);
      seen.set(opening(bullet), bullet);
    }
  }
  return problems;
}

function decisionProblems() {
  const index = read('docs/adr/README.md');
  return readdirSync(join(root, 'docs/adr'))
    .filter((name) => /^\d{4}-/.test(name))
    .flatMap((name) => {
      const text = read(`docs/adr/${name}`);
      const number = Number(name.slice(0, 4));
      return [
        ...(text.startsWith(`# ${number}. `)
          ? []
          : [`docs/adr/${name}: the title does not begin with "# ${number}. "`]),
        ...(/^Status: (accepted|superseded by \[ADR \d+\]\(\S+\)), \d{4}-\d{2}-\d{2}$/m.test(text)
          ? []
          : [`docs/adr/${name}: no line "Status: accepted, YYYY-MM-DD" (or "superseded by [ADR N](file)")`]),
        ...(index.split(`](${name})`).length === 2 ? [] : [`docs/adr/README.md: ${name} is not listed once`]),
      ];
    });
}

const problems = [...changelogProblems(), ...decisionProblems()];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
