// Preloaded into a process: kills it before the file system change with the number KILL_AT, and otherwise writes the
// number of changes to the file KILL_COUNT.
const fs = require('node:fs');

const stopAt = Number(process.env.KILL_AT ?? -1);
const { writeFileSync } = fs;
let count = 0;

const reads = (name, args) => name === 'openSync' && (args[1] === undefined || args[1] === 'r');
const changes = ['openSync', 'writeSync', 'writeFileSync', 'mkdirSync', 'mkdtempSync', 'renameSync'];
for (const name of [...changes, 'unlinkSync', 'rmSync', 'rmdirSync', 'linkSync', 'closeSync']) {
  const original = fs[name];
  fs[name] = (...args) => {
    if (!reads(name, args) && count++ === stopAt) process.kill(process.pid, 'SIGKILL');
    return original(...args);
  };
}
process.on('exit', () => {
  if (process.env.KILL_COUNT) writeFileSync(process.env.KILL_COUNT, String(count));
});
