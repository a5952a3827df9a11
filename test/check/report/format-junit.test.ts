import { finding, type Finding } from '../../../lib/findings/finding';
import { formatJunit } from '../../../lib/check/report/format-junit';

const isError = ({ severity }: Finding): boolean => severity === 'error';

describe('findings as test results', () => {
  it('are failures if the command fails because of them, and skipped otherwise', () => {
    const findings = [
      finding({
        code: 'path-missing',
        severity: 'error',
        message: 'the path "./a" does not exist',
        hint: 'correct it',
        locations: [{ file: 'clusters/home/a.yaml', line: 9 }],
        field: 'spec.path',
      }),
      finding({ code: 'orphan-file', severity: 'info', message: 'nothing reads it' }),
    ];
    expect(formatJunit(findings, isError)).toMatchInlineSnapshot(`
     "<?xml version="1.0" encoding="UTF-8"?>
     <testsuites name="cdk8s-flux check" tests="2" failures="1" errors="0" skipped="1">
     <testsuite name="cdk8s-flux check" tests="2" failures="1" errors="0" skipped="1">
     <testcase classname="path-missing" name="path-missing at clusters/home/a.yaml:9" file="clusters/home/a.yaml" line="9"><failure type="error" message="the path &#34;./a&#34; does not exist">error: path-missing at clusters/home/a.yaml:9
       spec.path: the path &#34;./a&#34; does not exist
       fix: correct it</failure></testcase>
     <testcase classname="orphan-file" name="orphan-file"><skipped message="info: nothing reads it"/></testcase>
     </testsuite>
     </testsuites>
     "
    `);
  });

  it('are one test that passes if nothing is found', () => {
    const text = formatJunit([], isError);
    expect(text).toContain(
      '<testsuite name="cdk8s-flux check" tests="1" failures="0" errors="0" skipped="0">',
    );
    expect(text).toContain('<testcase classname="cdk8s-flux check" name="no findings"/>');
  });

  it('escape a stranger’s names, so that they are no markup, invalid XML or command to a runner', () => {
    const name = `"><failure/>&amp;\u0000\u001b[31m\ufffe\n::error::x ]]>`;
    const found = finding({ code: 'path-missing', message: name, locations: [{ file: name, line: 1 }] });
    const text = formatJunit([found], () => true);
    expect(text.match(/<failure/g)).toHaveLength(1);
    for (const forbidden of ['\0', '\u001b', '\ufffe', ']]>']) expect(text).not.toContain(forbidden);
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).toContain('&#38;amp;');
  });
});
