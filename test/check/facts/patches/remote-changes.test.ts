import { checkTree } from '../../../../lib/check/check-tree';
import { bootstrap, fluxKustomization, listing, treeOf } from '../../../graph/tree-of';

const claim =
  'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: default}\nspec: {accessModes: [ReadWriteOnce]}\n';
const REMOTE = 'https://git.example.com/org/parts//storage?ref=v1';

function findingsOf(more: string, files: Readonly<Record<string, string>> = {}, object = claim) {
  const { findings } = checkTree(
    treeOf({
      ...bootstrap,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml': `${listing('claim.yaml')}${more}`,
      'apps/claim.yaml': object,
      ...files,
    }),
  );
  return findings
    .filter(({ code }) => code.startsWith('schema-'))
    .map(({ code, severity, message }) => [code, severity, message]);
}

const refused = 'the API server refuses a PersistentVolumeClaim without resources.requests.storage';

describe('a field that is missing', () => {
  it.each(['components', 'transformers'])('may be set by %s of another repository', (field) => {
    const message = `${refused}; a component or transformer of another repository may set it`;
    expect(findingsOf(`${field}: ["${REMOTE}"]\n`)).toEqual([['schema-required', 'info', message]]);
  });

  it('may be set in the root of the repository, too', () => {
    const files = { 'kustomization.yaml': `${listing('apps/claim.yaml')}components: ["${REMOTE}"]\n` };
    const moved = { ...files, 'clusters/prod/apps.yaml': fluxKustomization('apps', './') };
    expect(findingsOf('', moved)).toMatchObject([
      ['schema-required', 'info', expect.stringContaining('may set it')],
    ]);
  });

  it('is an error without them, and with resources of another repository', () => {
    const error = [['schema-required', 'error', refused]];
    expect(findingsOf('')).toEqual(error);
    const both = `${listing('claim.yaml', REMOTE)}components: [../part]\n`;
    const part = { 'part/kustomization.yaml': 'kind: Component\n' };
    expect(findingsOf('', { ...part, 'apps/kustomization.yaml': both })).toEqual(error);
  });

  it('is different from a field that is wrong', () => {
    const wrong = claim.replace('spec: {', 'spec: {resources: {requests: {storage: 1Gi}}, size: 1, ');
    expect(findingsOf(`components: ["${REMOTE}"]\n`, {}, wrong)).toMatchObject([
      ['schema-unknown-field', 'error', 'unknown field "size"'],
    ]);
  });
});
