/**
 * Complaints about a procedure that is performed in a scenario. A procedure that is right by itself may still not fit: nobody plays a role, a user has
 * no phone. That is a mistake of the scenario, so it is said at the step that performs it, and where in the procedure it showed is added.
 */
import { placeOf, type CalldrillError, type Where } from '../../../sim/errors.ts';
import { nearest } from '../../../devices/console/index.ts';
import { scenarioError, type ScenarioCode } from '../errors.ts';
import type { Reading } from '../reading.ts';

/** Takes what is wrong with a performance. */
export class Complaints {
  readonly #reading: Reading;
  readonly #place: Where | undefined;
  /** How many there were, those that had been said before counted too. */
  count = 0;

  /** `place`: of the step that performs the procedure; absent where the procedure itself is looked at. */
  constructor(reading: Reading, place: Where | undefined) {
    this.#reading = reading;
    this.#place = place;
  }

  /** `where` is in the scenario, for what it says itself, or in the procedure. */
  say(code: ScenarioCode, where: Where, detail: string, fix?: string): undefined {
    this.pass(scenarioError(code, detail, fix === undefined ? { where } : { where, fix }));
  }

  /** As {@link say}, with the name that was probably meant. */
  unknown(
    code: ScenarioCode,
    where: Where,
    name: string,
    known: Iterable<string>,
    detail: string,
    fix?: string,
  ): undefined {
    const near = nearest(name, [...known]);
    return this.say(code, where, detail, near === undefined ? fix : `Did you mean '${near}'?`);
  }

  /** An error that was found in the procedure or in the scenario. */
  pass(error: CalldrillError): void {
    this.count++;
    const { code, message, fix, where } = error;
    const place = this.#place;
    const moved =
      place === undefined || where.file === place.file
        ? error
        : scenarioError(code as ScenarioCode, `${placeOf(where)}: ${message}`, { where: place, fix });
    // What shows in several steps or variants is one mistake.
    const again = this.#reading.problems.some(
      (each) =>
        each.code === moved.code &&
        placeOf(each.where) === placeOf(moved.where) &&
        (each.message === moved.message || (moved !== error && each.message.endsWith(`: ${message}`))),
    );
    if (!again) this.#reading.problems.push(moved);
  }
}
