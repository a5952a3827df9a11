import { CANARY } from './sandbox';

/** What a command wrote to one stream. */
export interface Output {
  readonly text: string;
  /** Whether people read it on a terminal, rather than a program or a browser. */
  readonly isText: boolean;
}

const FORMS = [CANARY, Buffer.from(CANARY).toString('base64').replace(/=+$/, '').slice(0, -2)];

// eslint-disable-next-line no-control-regex -- it is what must not be there
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/**
 * @throws Error if an output shows a secret, contains a command to GitHub Actions or a terminal, or reports a defect of
 * ours
 */
export function checkOutput({ text, isText }: Output): void {
  if (FORMS.some((form) => text.includes(form)))
    throw new Error(`shows a secret: ${lineWith(text, FORMS[0])}`);
  // The runner of GitHub Actions ignores spaces before a command.
  const command = /(?:^|[\r\n])[^\S\r\n]*::.*/.exec(text)?.[0];
  if (command !== undefined)
    throw new Error(`a line begins with "::": ${JSON.stringify(command.slice(0, 200))}`);
  const control = isText ? CONTROL.exec(text) : null;
  if (control) throw new Error(`prints a control character: ${lineWith(text, control[0])}`);
  if (text.includes('a fault in cdk8s-flux')) throw new Error(text.slice(0, 4_000));
}

function lineWith(text: string, part = ''): string {
  const line = text.split('\n').find((candidate) => candidate.includes(part)) ?? '';
  return JSON.stringify(line.slice(0, 300));
}
