#!/usr/bin/env node
/** The program. Everything it does is in `calldrill.ts`. */
import { calldrill } from './calldrill.ts';
import { contextOf } from './process.ts';

const words = process.argv.slice(2);
const debug = (process.env['CALLDRILL_DEBUG'] ?? '') !== '';
process.exitCode = await calldrill(words, contextOf(process, words), { debug });
