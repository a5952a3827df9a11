import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type * as JsonSchemaToTypescript from 'json-schema-to-typescript';
import { fail } from '../../findings/findings-error';
import { remoteReferences, type ValuesSchema } from '../../schema/helm-values/values-schema';
import { EXIT } from '../exit-code';
import type { Io } from '../io';

const MAKER = 'json-schema-to-typescript';

interface ValuesTypesOptions {
  readonly name: string;
  readonly output?: string;
  readonly closed?: boolean;
}

/** Adds `cdk8s-flux values-types`: the TypeScript type of a chart's values. */
export function addValuesTypes(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('values-types')
    .argument('<schema>', "the chart's values.schema.json")
    .summary("generate a TypeScript type from a chart's values.schema.json")
    .description(
      `Generates a type for HelmChartRelease and HelmRelease: new HelmChartRelease<PodinfoValues>(...). It does not use the network, and needs the package ${MAKER} in the project.`,
    )
    .option('--name <name>', 'the name of the type', 'Values')
    .option('-o, --output <file>', 'the file to write (default: stdout)')
    .option('--closed', 'allow no other keys in maps, unless the schema allows them')
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux values-types podinfo/values.schema.json
                       the type, after "helm pull --untar" of the chart
  cdk8s-flux values-types podinfo/values.schema.json --name PodinfoValues -o podinfo-values.ts`,
    )
    .action(async (schema: string, options: ValuesTypesOptions) =>
      exit(await valuesTypes(schema, options, io)),
    );
}

async function valuesTypes(file: string, options: ValuesTypesOptions, io: Io): Promise<number> {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(options.name)) {
    fail({
      code: 'values-schema-invalid',
      message: `got the name ${JSON.stringify(options.name)}, which is not a valid type name`,
      hint: 'begin with a capital letter, and use only letters and digits: --name PodinfoValues',
    });
  }
  const schema = readSchema(file, io);
  const { compile } = loadMaker(io);
  const text = await compile({ ...schema, title: options.name }, options.name, {
    additionalProperties: !options.closed,
    bannerComment: `/** Made by cdk8s-flux values-types from ${basename(file)}. Do not edit. */`,
    style: { singleQuote: true, printWidth: 110 },
    // Whatever the schema says, no file or address is read.
    $refOptions: { resolve: { external: false } },
  });
  if (options.output === undefined) io.stdout(text, 'data');
  else writeFileSync(resolve(io.cwd, options.output), text);
  return EXIT.clean;
}

function readSchema(file: string, io: Io): ValuesSchema {
  const schema = parse(file, io);
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    fail({
      code: 'values-schema-invalid',
      message: `${JSON.stringify(file)} contains no schema`,
      hint: 'use the values.schema.json of a chart',
      locations: [{ file }],
    });
  }
  const remote = remoteReferences(schema as ValuesSchema);
  if (remote.length > 0) {
    fail({
      code: 'values-schema-invalid',
      message: `it refers to ${remote.map((reference) => JSON.stringify(reference)).join(', ')}, but the command downloads nothing`,
      hint: 'copy the schemas that it refers to into its $defs',
      locations: [{ file }],
    });
  }
  return schema as ValuesSchema;
}

function parse(file: string, io: Io): unknown {
  try {
    return JSON.parse(readFileSync(resolve(io.cwd, file), 'utf8'));
  } catch (error) {
    const isSyntax = error instanceof SyntaxError;
    return fail({
      code: isSyntax ? 'values-schema-invalid' : 'file-unreadable',
      message: `cannot read ${JSON.stringify(file)}: ${isSyntax ? 'it is not valid JSON' : (error as Error).message}`,
      hint: 'use the path of a JSON file',
      locations: [{ file }],
    });
  }
}

/** The package belongs to the project: projects that never generate types need not install it. */
function loadMaker(io: Io): typeof JsonSchemaToTypescript {
  for (const from of [join(io.cwd, 'package.json'), __filename]) {
    try {
      return createRequire(from)(MAKER) as typeof JsonSchemaToTypescript;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return fail({
    code: 'package-missing',
    message: `the package ${JSON.stringify(MAKER)} is not installed`,
    hint: `npm install --save-dev ${MAKER}`,
  });
}
