import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import * as cdk8s from 'cdk8s';
import * as flux from '../../lib';
import { findingsIn } from '../../lib/app/report-uncaught';
import { withSources } from '../../lib/app/with-sources';
import type { Finding } from '../../lib/findings/finding';

/** Runs a program as `cdk8s-flux synth` would, in its own folder, and returns what the author sees. */
export function findingsOf(code: string): {
  readonly findings: readonly Finding[];
  readonly error?: unknown;
} {
  const before = { folder: process.cwd(), exitCode: process.exitCode, outdir: process.env['CDK8S_OUTDIR'] };
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-flux-mistake-')));
  writeFileSync(join(folder, 'cdk8s.yaml'), 'app: node main.ts\noutput: dist\n');
  writeFileSync(join(folder, 'cdk8s-flux.yaml'), 'version: 1\n');
  const result = join(folder, 'result.json');
  process.chdir(folder);
  const app = new flux.GitOpsApp({ outdir: join(folder, 'dist') });
  try {
    process.env['CDK8S_FLUX_SYNTH'] = JSON.stringify({ check: false, overwrite: false, resultFile: result });
    const names = { ...cdk8s, ...flux, flux, app };
    const program = new Script(`(function ({ ${Object.keys(names).join(', ')} }) {${code}\n})`, {
      filename: join(folder, 'main.ts'),
    });
    const run = program.runInThisContext() as (given: object) => void;
    run(names);
    return synthesized(app, result);
  } catch (error) {
    const found = findingsIn(error);
    return found ? { findings: withSources(found, app, folder) } : { findings: [], error };
  } finally {
    delete process.env['CDK8S_FLUX_SYNTH'];
    process.exitCode = before.exitCode;
    process.chdir(before.folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

function synthesized(app: flux.GitOpsApp, result: string): { readonly findings: readonly Finding[] } {
  const print = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    app.synth();
  } finally {
    print.mockRestore();
  }
  return jest.requireActual<{ findings: Finding[] }>(result);
}
