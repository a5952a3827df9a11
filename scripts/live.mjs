// Shows that the pages of rules are right on a real API server with the real kustomize-controller: what the controller says
// of each bad example, and that each good example becomes ready.
//   npm run live                    all pages that the controller alone can judge
//   npm run live -- path-missing    some of them
// It needs Go, openssl and tar, and about 10 minutes the first time, to build the programs.
import { EXPECTATIONS } from './live/expectations.mjs';
import { buildPrograms } from './live/build-programs.mjs';
import { readRulePage } from './live/rule-page.mjs';
import { runExample } from './live/run-example.mjs';

const asked = process.argv.slice(2);
const unknown = asked.filter((code) => !Object.hasOwn(EXPECTATIONS, code));
if (unknown.length > 0) {
  console.error(`no such page: ${unknown.join(', ')}; known are ${Object.keys(EXPECTATIONS).join(', ')}`);
  process.exit(2);
}
const codes = asked.length > 0 ? asked : Object.keys(EXPECTATIONS);
const programs = buildPrograms();
let wrong = 0;

function report(code, example, unready, isRight) {
  if (!isRight) wrong++;
  console.log(
    `${isRight ? 'ok    ' : 'WRONG '} ${code}, ${example}${isRight ? '' : `: ${unready.join('; ') || 'all ready'}`}`,
  );
}

for (const code of codes) {
  const { bad, good } = readRulePage(code);
  const isMet = (messages) => messages.some((message) => EXPECTATIONS[code].test(message));
  const met = await runExample(programs, bad, isMet);
  report(code, 'bad example', met, isMet(met));
  const left = await runExample(programs, good);
  report(code, 'good example', left, left.length === 0);
}
console.log(`${codes.length * 2} examples, ${wrong} wrong`);
process.exitCode = wrong > 0 ? 1 : 0;
