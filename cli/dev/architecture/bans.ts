/**
 * What must not be written outside the edges, and what to write instead. A simulation is a function of its seed and the lines
 * typed: whatever reads the wall clock, the platform's randomness, its locale or its way of rounding breaks that.
 */
import { codeOf } from './code-text.ts';
import { isEdge, isTest, lineAt, type Check } from './check.ts';

interface Ban {
  readonly pattern: RegExp;
  readonly instead: string;
  /** A line that breaks it. */
  readonly canary: string;
  /** Files in which it is right, and why. */
  readonly except?: Readonly<Record<string, string>>;
}

const CLOCK = 'take the time from the Clock of the ports';
const CHANCE = 'draw from a RandomSource';
const LATER = 'schedule it on the Clock';
const SYNCHRONOUS = 'be synchronous: the edge loads what must be waited for';
const ROUNDING = 'use integers or a table: platforms round this differently';
const LOCALE = 'compare and print without a locale';
const EDGE = 'let the edge hand in what is needed';

/**
 * `new Date(ms)` and its UTC getters are pure arithmetic and allowed. So are `Date.UTC`, and `Date.parse` of a text that says
 * its zone. `sort()` without a comparison is fine: it orders by code units everywhere.
 */
const BANS: readonly Ban[] = [
  { pattern: /\bDate\.now\b/, instead: CLOCK, canary: 'const x = Date.now();' },
  { pattern: /\bnew Date\b(?!\()|\bnew Date\(\s*\)/, instead: CLOCK, canary: 'const x = new Date();' },
  { pattern: /\bnew Date\([^()]*,/, instead: 'use Date.UTC', canary: 'const x = new Date(2015, 9, 14);' },
  {
    pattern: /\.(?:get|set)(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|TimezoneOffset)\(/,
    instead: 'use the UTC form',
    canary: 'const x = date.getHours();',
  },
  { pattern: /\bMath\.random\b/, instead: CHANCE, canary: 'const x = Math.random();' },
  {
    pattern:
      /\b(?:randomBytes|randomUUID|randomInt|randomFill|randomFillSync|getRandomValues|webcrypto|subtle|generateKey\w*|generatePrime\w*|createDiffieHellman)\b/,
    instead: CHANCE,
    canary: 'const x = randomBytes(16);',
  },
  {
    pattern: /(?<![.\w#])(?:setTimeout|setInterval)\(/,
    instead: LATER,
    canary: 'setTimeout(() => x, 1);',
  },
  { pattern: /\bsetImmediate\b|\bqueueMicrotask\b/, instead: LATER, canary: 'setImmediate(x);' },
  {
    pattern: /(?<![.\w#])performance\.now\(|\bhrtime\b/,
    instead: CLOCK,
    canary: 'const x = performance.now();',
  },
  { pattern: /\bPromise\b/, instead: SYNCHRONOUS, canary: 'const x: Promise<void> = y;' },
  { pattern: /(?<![.\w#])(?:async|await)\b/, instead: SYNCHRONOUS, canary: 'const x = async () => 1;' },
  {
    pattern: /\bMath\.(?:log\w*|exp\w*|pow|a?sinh?|a?cosh?|a?tanh?|atan2|cbrt|hypot)\b/,
    instead: ROUNDING,
    canary: 'const x = Math.log(2);',
    except: {
      'network/simulated/statistics.fixture.ts': 'judges samples for tests; nothing of it reaches a trace',
    },
  },
  { pattern: /\.toLocale\w+|\.localeCompare\b|\bIntl\b/, instead: LOCALE, canary: 'x.localeCompare(y);' },
  { pattern: /(?<![.\w#])process\./, instead: EDGE, canary: 'const x = process.env;' },
  { pattern: /(?<![.\w#])(?:fetch|require)\(|\bWebSocket\b/, instead: EDGE, canary: 'fetch(x);' },
  {
    pattern: /(?<![.\w#])console\.(?:log|error|warn|info|debug|trace|dir|table)\(/,
    instead: 'append to the trace, or return it',
    canary: 'console.log(x);',
  },
  {
    pattern: /\bglobalThis\b|\beval\(|\bnew Function\b/,
    instead: 'name what you mean',
    canary: 'globalThis.x = 1;',
  },
  {
    pattern: /\b(?:WeakRef|FinalizationRegistry|SharedArrayBuffer|Atomics)\b/,
    instead: 'own what you hold: the collector and threads have no virtual time',
    canary: 'const x = new WeakRef(y);',
  },
];

/** These hold everywhere, tests and edges too. */
const EVERYWHERE: readonly Ban[] = [
  {
    pattern: /:\s*any\b|<any\b|\bas any\b|\bany\[\]|\bany>|,\s*any>/,
    instead: 'write the type, or unknown',
    canary: 'const x: any = 1;',
  },
];

const DIRECTIVE = /@ts-(?:ignore|nocheck|expect-error)\b/;

function bansCheck(name: string, bans: readonly Ban[], applies: (path: string) => boolean): Check {
  return {
    name,
    violations: (files) =>
      files
        .filter(({ path }) => applies(path))
        .flatMap(({ path, text }) => {
          const code = codeOf(text);
          return bans.flatMap(({ pattern, instead, except }) => {
            if (except?.[path] !== undefined) return [];
            return [...code.matchAll(new RegExp(pattern, 'g'))].map((match) => ({
              path,
              line: lineAt(code, match.index),
              what: `${match[0].trim()}: ${instead}`,
            }));
          });
        }),
    idle: (files) =>
      bans.flatMap(({ pattern, except }) =>
        Object.keys(except ?? {}).filter((path) => {
          const file = files.find((each) => each.path === path);
          return file === undefined || !pattern.test(codeOf(file.text));
        }),
      ),
    canaries: bans.map(({ canary }) => ({
      path: 'devices/canary.ts',
      text: `/** A canary. */\n${canary}\n`,
    })),
  };
}

/** Three checks: words that are banned outside the edges, the type any, and directives that silence the compiler. */
export const BAN_CHECKS: readonly Check[] = [
  bansCheck(
    'outside the edges nothing depends on the wall clock, the platform or a promise',
    BANS,
    (path) => !isEdge(path),
  ),
  bansCheck('nothing is of type any', EVERYWHERE, () => true),
  {
    name: 'the compiler is never told to look away',
    violations: (files) =>
      files.flatMap(({ path, text }) =>
        text.split('\n').flatMap((line, index) => {
          const directive = /^\s*(?:\/\/|\/?\*)\s*(@ts-\S+)/.exec(line)?.[1];
          if (directive === undefined || !DIRECTIVE.test(directive)) return [];
          // A test may state that something does not compile.
          if (directive === '@ts-expect-error' && isTest(path)) return [];
          return [{ path, line: index + 1, what: `${directive}: mend the type instead` }];
        }),
      ),
    canaries: ['ignore', 'nocheck', 'expect-error'].map((word) => ({
      path: 'sim/canary.ts',
      text: `/** A canary. */\n// @ts-${word} because\nx();\n`,
    })),
  },
];
