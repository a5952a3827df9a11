import { configMap, fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, release, type Files } from '../small-repositories';
import { components, instance } from './flux-installations';

describe('component-missing', () => {
  const told = (files: Files) => lines('component-missing', files);
  const provider = object(
    'notification.toolkit.fluxcd.io/v1beta3',
    'Provider',
    'p',
    'flux-system',
    'spec: { type: generic, address: "https://example.com" }',
  );
  const image = object(
    'image.toolkit.fluxcd.io/v1',
    'ImageRepository',
    'i',
    'flux-system',
    'spec: { image: ghcr.io/a/i, interval: 1h }',
  );
  const objects = { 'clusters/prod/p.yaml': provider, 'clusters/prod/i.yaml': image };

  it('explains how to bootstrap with a default controller, and with an extra one', () => {
    expect(told({ ...components('source-controller', 'kustomize-controller'), ...objects })).toEqual([
      line(
        'warning at clusters/prod/i.yaml:3 (ImageRepository i kind)',
        'the cluster does not run the image-reflector-controller, so it does not know ImageRepository',
        '=> bootstrap again with --components-extra=image-reflector-controller',
      ),
      line(
        '(Provider p kind)',
        'does not run the notification-controller',
        '=> bootstrap again with notification-controller in --components',
      ),
    ]);
  });

  it('names the components of a FluxInstance', () => {
    const files = {
      ...objects,
      'clusters/prod/instance.yaml': instance('components: [source-controller, notification-controller]'),
    };
    expect(told(files)).toEqual([
      line('=> add image-reflector-controller to the components of the FluxInstance'),
    ]);
    expect(told({ ...objects, 'clusters/prod/instance.yaml': instance() })).toEqual([
      line('(ImageRepository i kind)'),
    ]);
  });

  it.each([
    ['nothing shows the controllers', objects],
    [
      'all are there',
      {
        ...objects,
        ...components('source-controller', 'notification-controller', 'image-reflector-controller'),
      },
    ],
    [
      'what always runs is not listed',
      {
        ...components('source-controller'),
        'clusters/prod/a.yaml': fluxKustomization('a', './a'),
        'a/map.yaml': configMap('a'),
      },
    ],
    [
      'there are objects of no controller',
      {
        ...components('source-controller', 'helm-controller'),
        'clusters/prod/a.yaml': release(
          'web',
          'default',
          'web',
          '  valuesFrom: [{ kind: ConfigMap, name: v }]',
        ),
        'clusters/prod/v.yaml': object('v1', 'ConfigMap', 'v', 'default', 'data: { values.yaml: "a: b" }'),
      },
    ],
    [
      'an object is not there',
      {
        ...components('source-controller', 'image-automation-controller', 'kustomize-controller'),
        'clusters/prod/a.yaml': fluxKustomization('a', './a', [
          'healthChecks: [{ apiVersion: notification.toolkit.fluxcd.io/v1beta3, kind: Provider, name: p, namespace: flux-system }]',
        ]),
        'a/map.yaml': configMap('a'),
      },
    ],
  ])('accepts it if %s', (_, files) => {
    expect(told(files)).toEqual([]);
  });
});
