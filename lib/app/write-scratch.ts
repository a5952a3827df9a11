import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import { failScratch } from '../config/empty-scratch-folder';
import { printScratchMarker, SCRATCH_MARKER } from '../config/scratch-marker';
import type { Plan } from '../plan/plan';
import { planClusters, type ScratchFile } from '../plan/scratch';
import { constructMetadata } from './construct-metadata';

/**
 * Writes what the cdk8s CLI prints and validates.
 *
 * @param isMarked - whether the folder is the one that `cdk8s.yaml` names, whose files the next run removes
 * @throws FindingsError `scratch-folder-unwritable`
 */
export function writeScratch(app: App, plan: Plan, isMarked: boolean): void {
  const files = [...planClusters(plan.directories, plan.rendered), ...plan.scratch, ...metadataFile(app)];
  const marker = { name: SCRATCH_MARKER, content: printScratchMarker(files) };
  try {
    mkdirSync(app.outdir, { recursive: true });
    for (const { name, content } of isMarked ? [marker, ...files] : files) {
      const file = join(app.outdir, name);
      // A link is replaced: writing would change the file that it leads to.
      rmSync(file, { force: true });
      writeFileSync(file, content, { flag: 'wx' });
    }
  } catch (error) {
    failScratch(app.outdir, error);
  }
}

function metadataFile(app: App): ScratchFile[] {
  const isWanted = (app as unknown as { recordConstructMetadata?: boolean }).recordConstructMetadata;
  return isWanted ? [{ name: 'construct-metadata.json', content: Buffer.from(constructMetadata(app)) }] : [];
}
