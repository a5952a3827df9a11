/** The record of an owner's files, in the owner's folder. Committed. */
export const RECORD_FILE = '.cdk8s-flux.json';

/** What a run is about to change, in the published folder. Gone when the run ends. */
export const JOURNAL_FILE = '.cdk8s-flux.journal';

/** Who is publishing, in the published folder. Gone when the run ends. */
export const LOCK_FILE = '.cdk8s-flux.lock';

/** A file that is being written, beside the one that it replaces. A name for all, as only one run writes. */
export const TEMPORARY_FILE = '.cdk8s-flux.tmp';

/** Folders that are never searched for records. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', 'node_modules']);
