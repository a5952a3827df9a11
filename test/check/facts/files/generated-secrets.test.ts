import { apps, found, type Files } from '../../small-repositories';
import { configMap } from '../../../graph/tree-of';

const key = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIBx5dJ1cTq0v\n-----END EC PRIVATE KEY-----\n';

function placesOf(files: readonly string[], more: Files): (string | undefined)[][] {
  const kustomization = `namespace: default\nresources: [map.yaml]\nsecretGenerator: [{ name: certs, files: [${files.join(', ')}] }]\n`;
  const repository = { ...apps(configMap('a')), 'apps/kustomization.yaml': kustomization, ...more };
  return found('plaintext-secret', repository).map(({ locations }) => locations.map(({ file }) => file));
}

describe('a Secret that kustomize generates', () => {
  it.each([
    ['by its name', 'ca.key', 'apps/ca.key'],
    ['under another name', 'tls.key=parts/ca.key', 'apps/parts/ca.key'],
    ['from a folder above', 'tls.key=../ca.key', 'ca.key'],
  ])('is reported in the file that contains it, which is listed %s', (_, listed, path) => {
    expect(placesOf([listed], { [path]: key })).toEqual([[path, 'apps/kustomization.yaml']]);
  });
});
