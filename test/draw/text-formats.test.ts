import fc from 'fast-check';
import { renderDot } from '../../lib/draw/dot';
import { renderJson } from '../../lib/draw/json';
import { drawAll, type Drawing } from '../../lib/draw/layout/graphviz';
import { renderMermaid } from '../../lib/draw/mermaid';
import type { Picture, PictureNode } from '../../lib/draw/picture';
import { renderCharts, renderPicture } from '../../lib/draw/render-picture';
import { completedFinding as finding } from '../../lib/findings/finding';
import { FindingsError } from '../../lib/findings/findings-error';
import { appsPicture } from './large';
import { broken, clustersPicture, largePicture, pictureOf, shop } from './pictures';

/** A picture of one object with these texts. */
function pictureOfNames(name: string, namespace: string, layer: string): Picture {
  const node: PictureNode = {
    id: 'node',
    type: 'helm-release',
    identity: { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease', namespace, name },
    state: 'applied',
    wave: 0,
    step: 2,
    layer,
    appliedBy: [],
    applies: [],
    findings: [],
  };
  return {
    clusters: [{ name: layer, entry: '', nodes: [node], edges: [] }],
    leftOut: [],
    findings: [],
  };
}

const anyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });

describe('a Mermaid chart', () => {
  it('leads from what comes first to what comes later, in layers', () => {
    const lines = renderPicture(pictureOf(shop), 'mermaid')
      .split('\n')
      .map((line) => line.trim());
    expect(lines).toEqual(
      expect.arrayContaining([
        'flowchart LR',
        'subgraph c0["cluster prod"]',
        'subgraph c0l0["infrastructure"]',
        'n1["flux-system/apps"]:::kustomization',
        'n6("HelmRelease<br/>shop/shop"):::helm_release',
        'n3 ==> n4',
        'n0 --> n3',
        'n5 -.-> n6',
      ]),
    );
  });

  it('has one line for several references of the same kind, marked if one of them is', () => {
    const picture = pictureOf(shop);
    const lines = renderMermaid(picture).split('\n');
    const twice = picture.clusters.map((cluster) => ({
      ...cluster,
      edges: cluster.edges.flatMap((edge) => [edge, { ...edge, trouble: 'missing' as const }]),
    }));
    const marked = renderMermaid({ ...picture, clusters: twice }).split('\n');
    expect(marked.filter((line) => !line.startsWith('  linkStyle'))).toEqual(lines);
    const numbers = lines.filter((line) => /^ {2}n\d+ \S+ n\d+$/.test(line)).map((_, index) => index);
    expect(marked).toContainEqual(expect.stringContaining(`linkStyle ${numbers.join(',')} stroke`));
  });

  it('marks loops and what is missing', () => {
    const text = renderMermaid(pictureOf(broken));
    expect(text).toContain('["flux-system/a"]:::kustomization_cycle');
    expect(text).toContain('["flux-system/nowhere"]:::kustomization_missing');
    expect(text).toMatch(/linkStyle \d+(,\d+){2} stroke:#c62f2f/);
  });

  it('has no name that Mermaid could read as its own syntax', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (name, namespace, layer) => {
        const text = renderMermaid(pictureOfNames(name, namespace, layer));
        const labels = [...text.matchAll(/"(.*?)"/g)].map((match) => match[1] ?? '');
        expect(labels).toHaveLength(3);
        for (const label of labels) {
          const plain = label.replaceAll('<br/>', '').replace(/#\d+;/g, '');
          expect(plain).toMatch(/^[\p{L}\p{N} ,./_-]*$/u);
        }
        expect(text.split('\n')).toHaveLength(12);
      }),
    );
  });

  it('lets Kustomizations represent what they apply if there is much', () => {
    const text = renderPicture(largePicture(40, 1, 40), 'mermaid');
    expect(text).toContain('["flux-system/app-7<br/>HelmRelease"]:::kustomization');
    expect(text).not.toContain('HelmRepository');
    expect(text).not.toContain('left out');
    expect(text.match(/==>/g)).toHaveLength(39);
  });

  it('keeps a separate node for what needs attention', () => {
    const picture = largePicture(40, 1, 40);
    const [cluster] = picture.clusters;
    const nodes = (cluster?.nodes ?? []).map((node) =>
      node.id === 'HelmRelease/shop-3/shop' ? { ...node, trouble: 'failing' as const } : node,
    );
    const text = renderMermaid({ ...picture, clusters: [{ ...cluster, nodes }] } as Picture);
    expect(text).toContain('("HelmRelease<br/>shop-3/shop"):::helm_release_failing');
  });

  it('leaves out details to stay within the limits of GitHub, and says so', () => {
    const text = renderMermaid(largePicture(200, 2, 150));
    expect(text).toContain('left out to fit<br/>');
    expect(text.length).toBeLessThanOrEqual(50_000);
    expect(text.match(/ (-->|==>|-\.->) /g)?.length).toBeLessThanOrEqual(500);
  });

  it('fails if not even the Kustomizations fit, and suggests a way out', () => {
    const draw = (): string => renderMermaid(largePicture(300, 4));
    expect(draw).toThrow(FindingsError);
    expect(draw).toThrow(/graph-too-large[\s\S]*--cluster/);
  });
});

describe('the charts of a page', () => {
  const nodesOf = (chart: string): number => chart.match(/^ +n\d+[^ ]*[[({>]/gm)?.length ?? 0;

  it('are one chart if people can read it', () => {
    expect(renderCharts(pictureOf(shop))).toEqual([renderPicture(pictureOf(shop), 'mermaid')]);
  });

  it('are otherwise an overview of the layers, and charts of some layers each', () => {
    const [overview = '', ...parts] = renderCharts(appsPicture({ apps: 100, layers: 10, waves: 5 }));
    expect(overview).toContain('["layer-4<br/>10 Kustomizations"]');
    expect(nodesOf(overview)).toBe(11);
    expect(parts).toHaveLength(4);
    expect(parts[0]).toContain('["layer-0"]');
    for (const chart of parts) expect(nodesOf(chart)).toBeLessThanOrEqual(90);
    const names = new Set(parts.flatMap((chart) => chart.match(/app-\d+/g) ?? []));
    expect(names.size).toBe(100);
  });

  it('list what waits for nothing', () => {
    const [, part = ''] = renderCharts(appsPicture({ apps: 80, layers: 8, waves: 1 }));
    expect(part).toContain(
      '10 without dependencies<br/>app-0-wi, app-8-with-a-rat, app-16-with-a-rather-lon<br/>',
    );
    expect(nodesOf(part)).toBe(3);
  });

  it('are one for each cluster at least', () => {
    expect(renderCharts(clustersPicture(12)).length).toBe(12);
  });
});

describe('a DOT graph', () => {
  it('is readable for Graphviz, with every node and edge', () => {
    const picture = pictureOf(shop);
    const [drawing] = drawAll([renderDot(picture)]) as Drawing[];
    expect(drawing?.edges).toHaveLength(picture.clusters[0]?.edges.length ?? 0);
    const nodes = drawing?.objects?.filter(({ name }) => /^c0n\d+$/.test(name));
    expect(nodes).toHaveLength(picture.clusters[0]?.nodes.length ?? 0);
  });

  it('has a rank for each wave', () => {
    expect(renderDot(pictureOf(shop))).toContain('{ rank=same; c0n2 }\n');
  });

  it('is readable with any names', () => {
    const names = fc.sample(anyText, { numRuns: 60, seed: 7 });
    const hard = ['end', 'a"b', 'back\\', '\\N', '"', 'a\nb', '<b>', '\u0000', '{|}', 'é日本'];
    const texts = [...hard, ...names].map((name) => renderDot(pictureOfNames(name, name, name)));
    const drawings = drawAll(texts);
    expect(drawings).toHaveLength(texts.length);
    expect(drawings.filter((drawing) => 'error' in drawing)).toEqual([]);
  });
});

describe('Graphviz', () => {
  it('fails only for one text, and draws the others', () => {
    const [first, second, third] = drawAll(['digraph { a -> b }', 'digraph {', 'digraph { a }']);
    expect(second).toEqual({ error: expect.stringMatching(/syntax error/) });
    expect([first, third]).toEqual([
      expect.objectContaining({ bb: expect.any(String) }),
      expect.objectContaining({ bb: expect.any(String) }),
    ]);
  });
});

describe('the data of a picture', () => {
  it('is complete and stable', () => {
    const data = JSON.parse(renderJson(pictureOf(shop))) as {
      clusters: { nodes: Record<string, unknown>[]; edges: Record<string, unknown>[] }[];
    };
    expect(data).toMatchObject({
      version: 1,
      findings: [],
      clusters: [{ name: 'prod', entry: 'clusters/prod' }],
    });
    expect(data.clusters[0]?.nodes[1]).toEqual({
      id: 'Kustomization/flux-system/apps',
      type: 'kustomization',
      group: 'kustomize.toolkit.fluxcd.io',
      kind: 'Kustomization',
      namespace: 'flux-system',
      name: 'apps',
      state: 'applied',
      wave: 3,
      file: 'clusters/prod/apps.yaml',
      line: 2,
      findings: [],
    });
    expect(data.clusters[0]?.edges).toContainEqual({
      from: 'Kustomization/flux-system/apps',
      to: 'Kustomization/flux-system/configs',
      kind: 'depends-on',
      field: 'spec.dependsOn[0]',
      findings: [],
    });
  });

  it('has each finding once, and names it at its objects', () => {
    const picture = pictureOfNames('a', 'b', 'c');
    const found = finding({ code: 'a-code', message: 'm' });
    const [cluster] = picture.clusters;
    const nodes = [0, 1].map((number) => ({ ...cluster?.nodes[0], id: `n${number}`, findings: [found] }));
    const text = renderJson({ ...picture, clusters: [{ ...cluster, nodes }] } as Picture);
    const data = JSON.parse(text) as { findings: unknown[]; clusters: { nodes: { findings: string[] }[] }[] };
    expect(data.findings).toHaveLength(1);
    expect(data.clusters[0]?.nodes.map(({ findings }) => findings)).toEqual([
      [found.fingerprint],
      [found.fingerprint],
    ]);
  });
});
