import { clusterConfig } from '../../lib/config/check-config';

describe('clusterConfig', () => {
  it('combines the settings for all clusters with those of one, by its name or its entry path', () => {
    const config = {
      fluxVersion: '2.9',
      extraAlertKinds: ['FluxInstance'],
      clusters: {
        home: { fluxVersion: '2.8' },
        'clusters/edge': { extraAlertKinds: ['ResourceSet'], providedGroups: ['example.com'] },
      },
    };
    expect(clusterConfig(config, ['home', 'clusters/home'])).toEqual({
      fluxVersion: '2.8',
      providedGroups: [],
      extraAlertKinds: ['FluxInstance'],
    });
    expect(clusterConfig(config, ['edge', 'clusters/edge'])).toEqual({
      fluxVersion: '2.9',
      providedGroups: ['example.com'],
      extraAlertKinds: ['FluxInstance', 'ResourceSet'],
    });
  });
});
