/** What one job says in a comment that several jobs share. */
export interface CommentPart {
  /** Which part it is: one for each job. The parts are in the order of their keys. */
  readonly key: string;
  /** The commit that it speaks of. */
  readonly commit: string;
  /** What it says, in Markdown. */
  readonly text: string;
}

/** The first line of every comment of ours, which is not shown. */
export const COMMENT_MARKER = '<!-- cdk8s-flux-report -->';

const PART_END = '<!-- /cdk8s-flux-part -->';
const PART_START = /^<!-- cdk8s-flux-part ([!-~]+) ([0-9a-f]{40,64}) -->$/;
const LEFT_OUT = 'This part is too long for the comment. See the summary of its job.';

/** Whether a comment has the form of one of ours. Who wrote it is another question. */
export function isReportComment(body: string): boolean {
  return body.split(/\r?\n/, 1)[0] === COMMENT_MARKER;
}

/** The parts of a comment, as `composeComment` wrote them. What is between them is ours, and written anew. */
export function partsOf(body: string): CommentPart[] {
  const parts: CommentPart[] = [];
  let open: { key: string; commit: string; lines: string[] } | undefined;
  for (const line of body.split(/\r?\n/)) {
    const [, key, commit] = PART_START.exec(line) ?? [];
    if (key !== undefined && commit !== undefined) open = { key: decodedKey(key), commit, lines: [] };
    else if (line === PART_END && open) {
      parts.push({ key: open.key, commit: open.commit, text: open.lines.join('\n') });
      open = undefined;
    } else open?.lines.push(line);
  }
  return parts;
}

/**
 * The comment with these parts, in the order of their keys. Where it would be longer than the limit, the last parts are
 * replaced by a line that says so.
 *
 * @param limit - in UTF-16 code units, of which a text has at least as many as characters
 */
export function composeComment(parts: readonly CommentPart[], limit: number): string {
  const sorted = [...parts].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const shown = sorted.map((part) => ({ ...part, text: withoutMarkers(part.text) }));
  for (let whole = shown.length; ; whole -= 1) {
    const kept = shown.map((part, index) => (index < whole ? part : { ...part, text: LEFT_OUT }));
    const body = [COMMENT_MARKER, ...kept.map(printedPart)].join('\n');
    if (body.length <= limit || whole === 0) return body.slice(0, limit);
  }
}

/** How long a part may be where so many of one length share a comment. */
export function partLimit(commentLimit: number, parts: number, key: string): number {
  const frame = printedPart({ key, commit: '0'.repeat(64), text: '' }).length + 1;
  return Math.floor((commentLimit - COMMENT_MARKER.length) / parts) - frame;
}

function printedPart({ key, commit, text }: CommentPart): string {
  return `<!-- cdk8s-flux-part ${encodedKey(key)} ${commit} -->\n${text}\n${PART_END}`;
}

/** No line of a part may look like a marker, whoever wrote it. */
function withoutMarkers(text: string): string {
  // A carriage return ends a line too.
  return text.replace(/\r\n?/g, '\n').replace(/^<!--/gm, '&lt;!--');
}

/** An HTML comment ends at `-->`, and in older Markdown it cannot contain `--`. */
function encodedKey(key: string): string {
  return encodeURIComponent(key).replaceAll('-', '%2D');
}

function decodedKey(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
