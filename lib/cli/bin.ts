#!/usr/bin/env node
import { compileLater } from '../plain/compile-later';
import { processIo } from './io';
import { run } from './run';

compileLater();
void run(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
