import { writeFileSync } from 'node:fs';
import { synthRequestFromEnv } from '../config/synth-request';
import { byCause } from '../findings/causes';
import { colouredFinding, usesColour } from '../findings/colour';
import type { Finding } from '../findings/finding';
import { printable, printableLines } from '../findings/printable';
import { explainingCommand, summaryOfFindings } from '../findings/summary';

/** What a run did to the files of the repository. */
export interface ChangedFiles {
  /** The files that it wrote, or would write. */
  readonly written: readonly string[];
  /** The files that it removed, or would remove. */
  readonly removed: readonly string[];
  /** The files that were edited by hand, and that it left alone. */
  readonly kept: readonly string[];
}

/** What a run of the app prints to stderr, and leaves for the command that started it. */
class RunReport {
  private findings: readonly Finding[] = [];
  private files: ChangedFiles = { written: [], removed: [], kept: [] };

  /** Prints findings, and makes the process fail when one is an error. The cdk8s CLI swallows the app's stdout. */
  print(findings: readonly Finding[]): void {
    this.findings = [...this.findings, ...findings];
    const colour = usesColour(process.env, process.stderr.isTTY);
    for (const found of byCause(findings)) {
      if (!isQuiet() || found.severity === 'error') writeLine(colouredFinding(found, colour));
    }
    if (findings.some(({ severity }) => severity === 'error')) process.exitCode = 1;
  }

  /** Prints the progress of the run. */
  say(text: string): void {
    if (!isQuiet()) writeLine(`cdk8s-flux: ${printable(text)}`);
  }

  /** Records what happened to the files. */
  keep(files: ChangedFiles): void {
    this.files = files;
  }

  /** Summarizes the findings in the last line, and leaves the result for the command. */
  finish(): void {
    const { findings, files } = this;
    if (findings.length > 0) {
      const explain = explainingCommand(findings);
      if (explain !== undefined) this.say(`for details: ${explain}`);
      this.say(summaryOfFindings(byCause(findings)));
    }
    const file = request()?.resultFile;
    if (file !== undefined) writeFileSync(file, JSON.stringify({ ...files, findings }));
    this.findings = [];
  }
}

/** The report of this process: a process runs one app. */
export const runReport = new RunReport();

function request(): ReturnType<typeof synthRequestFromEnv> {
  return synthRequestFromEnv(process.env);
}

function isQuiet(): boolean {
  return request()?.quiet === true;
}

function writeLine(text: string): void {
  process.stderr.write(printableLines(`${text}\n`));
}
