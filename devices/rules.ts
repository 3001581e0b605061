/**
 * Rules: the promises that devices and people keep, each with a name. A planted violation breaks exactly one of them, in a device that
 * is otherwise untouched, and some check of some scenario must then fail. A rule that no check would miss is not worth its
 * line: the kill table (`calldrill run --plant all`) shows which check caught which.
 */

/** Rules by name, with what each promises: `refuses an I_MESSAGE that it has seen (RFC 3830 5.4)`. */
export type RuleTable = Readonly<Record<string, string>>;

// oxlint-disable-next-line typescript/no-empty-interface -- it is filled elsewhere
/** The names of rules, of each device and of people. Whoever keeps some adds them by declaration merging, beside their table. */
export interface RuleNames {}

/** A rule that somebody keeps. */
export type RuleName = RuleNames[keyof RuleNames];

/** Which rules hold in this run: all of them, less the planted ones. */
export class Rules {
  readonly #broken: ReadonlySet<RuleName>;

  constructor(broken: readonly RuleName[] = []) {
    this.#broken = new Set(broken);
  }

  holds(rule: RuleName): boolean {
    return !this.#broken.has(rule);
  }
}

/** Whether a name is that of a rule in a table. */
export function isRuleName(table: RuleTable, name: string): name is RuleName {
  return Object.hasOwn(table, name);
}
