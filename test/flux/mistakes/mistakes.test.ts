import { ApiObject, JsonPatch } from 'cdk8s';
import ts from 'typescript';
import * as flux from '../../../lib';
import { planApp } from '../../../lib/plan/plan';
import { fluxKinds } from '../../../lib/schema/flux-kinds';
import { rules } from '../../../lib/schema/generated/flux-2.9';
import { homeCluster } from '../../delivery/home-cluster';
import { fullObjects } from '../../schema/full-object';
import { typeErrorsIn } from '../../tools/type-check';
import { delivery } from './delivery';
import { images } from './images';
import { statement, type KindMistakes, type Mistake } from './mistake';
import { notifications } from './notifications';
import { sources } from './sources';

const tables: readonly KindMistakes[] = [...sources, ...delivery, ...images, ...notifications];
const mistakes = tables.flatMap(({ kind, valid, mistakes: all }) =>
  all.map((mistake) => ({
    ...mistake,
    title: `${kind}: ${mistake.what}`,
    text: statement(kind, valid, mistake.fields, mistake.after),
  })),
);
const full = fluxKinds().flatMap((key) =>
  fullObjects(key).map((object) => ({
    key,
    object,
    text: statement(String(object.kind), textsOf(object.spec as object)),
  })),
);

/** A file in which each line is one statement, so that the line of an error identifies the statement. */
const PRELUDE = `import { ApiObject, JsonPatch, type Chart } from 'cdk8s'; import * as flux from 'cdk8s-flux'; declare const scope: Chart; const secret = (name: string, namespace?: string) => new ApiObject(scope, name, { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } }); const configMap = (name: string) => new ApiObject(scope, name, { apiVersion: 'v1', kind: 'ConfigMap' }); void [JsonPatch, secret, configMap];`;

/**
 * What the compiler refuses in some statements, by statement. All are compiled as one program, because that takes a
 * while.
 */
function refusedByCompiler(statements: readonly string[]): Map<string, string> {
  const lines = statements.map((text) => `{ ${text} }`);
  const errors = typeErrorsIn(new Map([['statements.ts', [PRELUDE, ...lines].join('\n')]]));
  return new Map(errors.map(({ line, message }) => [statements[line - 1] as string, message]));
}

/** Runs a statement as a program without types would, and returns the findings of synth. */
function synthesize(text: string): { findings: readonly flux.Finding[]; codes: string[]; app: flux.FluxApp } {
  const app = new flux.FluxApp(homeCluster(), 'app', { namespace: 'apps' });
  const object = (kind: string) => (name: string, namespace?: string) =>
    new ApiObject(app, name, {
      apiVersion: 'v1',
      kind,
      metadata: { name, ...(namespace && { namespace }) },
      ...(kind === 'Secret' && { type: 'Opaque' }),
    });
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022 },
  });
  new Function('flux', 'scope', 'JsonPatch', 'secret', 'configMap', outputText)(
    flux,
    app,
    JsonPatch,
    object('Secret'),
    object('ConfigMap'),
  );
  const { findings } = planApp(app.node.root);
  return { findings, codes: findings.map(({ code }) => code), app };
}

function textsOf(spec: object): Record<string, string> {
  return Object.fromEntries(Object.entries(spec).map(([name, value]) => [name, JSON.stringify(value)]));
}

const valid = tables.map(({ kind, valid: fields }) => statement(kind, fields));
const refused = refusedByCompiler([...mistakes, ...full].map(({ text }) => text).concat(valid));

describe('the mistakes of authors', () => {
  it('are listed for every kind, beside a valid object', () => {
    expect(tables.map(({ kind }) => kind).sort()).toEqual(
      fluxKinds()
        .map((key) => key.split('/').at(-1))
        .sort(),
    );
    for (const text of valid) expect(refused.get(text)).toBeUndefined();
    for (const text of valid) expect({ text, codes: synthesize(text).codes }).toEqual({ text, codes: [] });
  });

  it('are refused by the compiler exactly where the table says so', () => {
    const caught = mistakes.filter(({ text }) => refused.has(text)).map(({ title }) => title);
    const expected = mistakes.filter(({ caughtBy }) => caughtBy === 'compiler').map(({ title }) => title);
    expect(caught).toEqual(expected);
  });

  it.each(mistakes.map((mistake) => [mistake.title, mistake] as const))(
    'fails at synth, also without the compiler: %s',
    (_, { code, text }: Mistake & { text: string }) => {
      expect(synthesize(text).codes).toContain(code);
    },
  );

  it('break each CEL rule of the schemas', () => {
    const broken = mistakes.flatMap(({ text }) => synthesize(text).findings);
    const messages = broken.filter(({ code }) => code === 'schema-rule').map(({ message }) => message);
    for (const { message } of rules)
      expect(messages).toContainEqual(expect.stringContaining(message) as string);
  });
});

describe('the enums of the imported types', () => {
  it('are accepted beside the literals', () => {
    const imported = [
      `import { GitRepository, Kustomization, Receiver } from 'cdk8s-flux'; import type { Chart } from 'cdk8s';`,
      `import { GitRepositorySpecProvider as P, GitRepositorySpecVerifyMode as M } from '../../imports/source.toolkit.fluxcd.io';`,
      `import { KustomizationSpecDeletionPolicy as D, KustomizationSpecSourceRefKind as K } from '../../imports/kustomize.toolkit.fluxcd.io';`,
      `import { ReceiverSpecType as T, ReceiverSpecResourcesKind as R } from '../../imports/notification.toolkit.fluxcd.io';`,
      `declare const scope: Chart; const secretRef = { name: 's' };`,
      `new GitRepository(scope, 'g', { url: 'https://a', interval: '1m', provider: P.AWS, serviceAccountName: 'a', verify: { mode: M.TAG, secretRef } });`,
      `new Kustomization(scope, 'k', { interval: '1m', prune: true, deletionPolicy: D.ORPHAN, sourceRef: { kind: K.BUCKET, name: 'b' } });`,
      `new Receiver(scope, 'r', { type: T.GITHUB, secretRef, resources: [{ kind: R.BUCKET, name: 'b' }] });`,
    ];
    expect(typeErrorsIn(new Map([['imported.ts', imported.join('\n')]]))).toEqual([]);
  }, 120_000);
});

describe('every field of every kind', () => {
  it('is accepted by the compiler', () => {
    const wrong = full.filter(({ text }) => refused.has(text));
    expect(wrong.map(({ key, text }) => [key, refused.get(text)])).toEqual([]);
  });

  it.each(full.map(({ key, object, text }, index) => [key, index, object, text] as const))(
    'is printed as it was given: %s (%d)',
    (_key, _index, object, text) => {
      const { codes, app } = synthesize(text);
      expect(codes).toEqual([]);
      const made = app.node.findChild('made') as ApiObject;
      expect((made.toJson() as { spec: object }).spec).toEqual(object.spec);
    },
  );
});
