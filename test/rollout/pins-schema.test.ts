import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { pinsEditorSchema } from '../../lib/rollout/pins-schema';

describe('the schema of the pins file', () => {
  it('is the one in the package', () => {
    const file = join(__dirname, '../../schema/pins.schema.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(pinsEditorSchema())));
  });

  it.each([
    ['version: 1\npins: { a: { staging: "4.10", canary: 3, production: true } }\n', true],
    ['version: 1\npins: { a: { staging: [] } }\n', false],
    ['version: 1\nsuspended: { a: { eu: { since: "2026-03-02" } } }\n', false],
  ])('judges %j', (text, isValid) => {
    const validate = new Ajv({ strict: false }).compile(pinsEditorSchema());
    expect(validate(parse(text))).toBe(isValid);
  });
});
