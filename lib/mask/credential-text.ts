import { looksLikeCredential, namesCredential, withoutCredentialShapes } from '../sops/credential-shape';
import { withoutEncodedKeys } from '../sops/key-in-text';
import { isCredentialByName, maySaySecret } from '../sops/plaintext-judgement';

/** What stands for a value that is not shown. */
export const MASK = '***';

const NAME = String.raw`[\w.-]*(?:pass(?:word|wd|phrase)?|token|secret|credentials?|(?:api|private|access)[-_]?key)`;
const VALUE = String.raw`"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,;&"'{}]+`;
/** `password: x`, `DB_PASSWORD=x`, `"token": "x"`, in settings, scripts, query strings and connection strings. */
const ASSIGNMENT = new RegExp(`(^|[\\s,;&?{"'(])(["']?)(${NAME})\\2(\\s*[:=]\\s*)(${VALUE})`, 'gim');
/** `--password x` */
const FLAG = new RegExp(`(^|\\s)(--?${NAME})(\\s+)(?!-)(${VALUE})`, 'gim');
/** `--password`, whose value is the next argument. */
const ANNOUNCING = new RegExp(`^--?${NAME}$`, 'i');

/** A text without the credentials in it: those that stand after a name that says so, and those that look like one. */
export function withoutCredentials(text: string): string {
  const shaped = looksLikeCredential(text) ? withoutCredentialShapes(text, MASK) : text;
  return withoutEncodedKeys(shaped, MASK)
    .replace(ASSIGNMENT, (all: string, ...groups: string[]) => {
      const [before = '', quote = '', name = '', sign = '', value = ''] = groups;
      return isCredential(name, value) ? `${before}${quote}${name}${quote}${sign}${MASK}` : all;
    })
    .replace(FLAG, (all: string, ...groups: string[]) => {
      const [before = '', name = '', blank = '', value = ''] = groups;
      return isCredential(name, value) ? `${before}${name}${blank}${MASK}` : all;
    });
}

/** Whether a field holds a credential by its name: one that is a reference, a placeholder or a variable is shown. */
export function isCredential(name: string, value: string): boolean {
  if (!maySaySecret(name)) return false;
  const text = value.replace(/^(["'])(.*)\1$/s, '$2');
  if (text === '' || /^(?:\$|\{\{|ENC\[)/.test(text)) return false;
  // The excerpt of a finding hides what the finding is about.
  if (isCredentialByName(name, text)) return true;
  // `pass` is part of many words, so it is not a name to report, but a name to hide.
  return namesCredential(/(?:^|[-_.]|[a-z](?=P))pass$/i.test(name) ? 'password' : name, text);
}

/** Whether the next item of a list of arguments is a credential, as in `[--password, x]`. */
export function announcesCredential(argument: unknown): boolean {
  return typeof argument === 'string' && ANNOUNCING.test(argument);
}
