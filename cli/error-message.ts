/**
 * How an error is shown: what is wrong and where, its code, and what to do. The problems of a scenario file stand one below the
 * other as `file:line:column`, the form that editors jump to.
 */
import { printable } from '../reports/printable.ts';
import { ScreenplayError } from '../scenarios/language/index.ts';
import { CalldrillError, placeOf, type Where } from '../sim/errors.ts';
import type { Palette } from '../reports/terminal/palette.ts';

/** The code of what is not a CalldrillError. */
const INTERNAL = 'INTERNAL';
const INTERNAL_FIX =
  'This is a defect of calldrill: please report it with the command line. CALLDRILL_DEBUG=1 shows the stack.';

interface Problem {
  readonly code: string;
  readonly where: Where;
  readonly message: string;
  readonly fix: string;
}

/** The message for standard error, ended by a newline. With `debug` a defect shows its stack. */
export function errorText(thrown: unknown, paint: Palette, debug: boolean): string {
  if (thrown instanceof ScreenplayError)
    return thrown.problems.map((problem) => problemText(problem, paint)).join('');
  const text = problemText(problemOf(thrown), paint);
  const stack = debug && !(thrown instanceof CalldrillError) && thrown instanceof Error;
  return stack ? `${text}${thrown.stack ?? ''}\n` : text;
}

/** What `--json` prints of anything thrown: code, place and fix, and under `problems` those of a scenario file one by one. */
export function errorJson(thrown: unknown): object {
  const problems = thrown instanceof ScreenplayError ? { problems: thrown.problems.map(errorJson) } : {};
  return { ...problemOf(thrown), ...problems };
}

function problemOf(thrown: unknown): Problem {
  if (thrown instanceof CalldrillError) {
    const { code, where, message, fix } = thrown;
    return { code, where, message, fix };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: INTERNAL, where: {}, message, fix: INTERNAL_FIX };
}

/** `mine.yaml:3:9: error SCENARIO_TYPE: the title is a number`, and the fix below it. */
function problemText({ code, where, message, fix }: Problem, paint: Palette): string {
  const place = placeOf(where);
  const head = place === '' ? '' : `${paint.strong(printable(place))}: `;
  return `${head}${paint.bad('error')} ${code}: ${printable(message)}\n  ${paint.quiet('fix:')} ${printable(fix)}\n`;
}
