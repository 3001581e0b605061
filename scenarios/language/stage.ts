/** What the readers of steps, moments and checks share: the file being read and the names that are known by then. */
import type { Cast } from './cast.ts';
import type { Where } from '../../sim/errors.ts';
import type { UnixMillis } from './instant.ts';
import type { Item, Reading } from './reading.ts';
import type { Moment } from './screenplay.ts';
import {
  EXERCISE_LINES_CHECK,
  EXERCISE_SERVICE_CHECK,
  PLANT_CHECK,
  PROCEDURES_CHECK,
  STEPS_CHECK,
} from './standing.ts';
import type { FieldValues } from './field-values.ts';
import type { Vocabulary } from './vocabulary.ts';
import { parseAfter, parseAt, type AfterMoment, type FixedTime, type When } from './when.ts';
import type { Fields } from './fields.ts';
import { LIMITS } from './limits.ts';

/** What has an id. */
type Identified = 'step' | 'performed' | 'probe' | 'expectation' | 'comparison';

/** What looks like a moment, or a duration after one. */
const FROM_MOMENT = /^([a-z][a-z0-9.[\]-]*)\s*(?:\+\s*(\S.*))?$/;

/** Passed to every reader behind the world; it takes ids once, places times, and checks names against the cast and the moments. */
export class Stage {
  readonly reading: Reading;
  readonly vocabulary: Vocabulary;
  /** Undefined when it was refused; times are then read but not placed. */
  readonly begins: UnixMillis | undefined;
  readonly cast: Cast;
  readonly values: FieldValues;
  readonly moments: ReadonlyMap<string, Moment>;
  /** Set once it has been read; fixed times are not later. */
  ends: When | undefined;
  /** Steps that perform a procedure and were refused: whatever is in them may be named, so that one mistake is one problem. */
  readonly refused = new Set<string>();
  /** Ids of steps, probes and expectations: one namespace, because reports and variants name them alike. */
  readonly #ids = new Map<string, { readonly of: Identified; readonly line?: number }>();

  constructor(
    reading: Reading,
    vocabulary: Vocabulary,
    begins: UnixMillis | undefined,
    cast: Cast,
    values: FieldValues,
    moments: readonly Moment[],
  ) {
    this.reading = reading;
    this.vocabulary = vocabulary;
    this.begins = begins;
    this.cast = cast;
    this.values = values;
    this.moments = new Map(moments.map((moment) => [moment.name, moment]));
    const standing = (vocabulary.standingChecks ?? []).map(({ id }) => id);
    const made = [STEPS_CHECK, PROCEDURES_CHECK, PLANT_CHECK, EXERCISE_LINES_CHECK, EXERCISE_SERVICE_CHECK];
    for (const id of [...standing, ...made]) this.#ids.set(id, { of: 'expectation' });
  }

  /** An id of its own. Reports one that is taken. */
  id(item: Item, of: Identified): string | undefined {
    const id = this.reading.name(item);
    if (id === undefined) return undefined;
    return this.own(id, of, item.where);
  }

  /** As {@link id}, for one that no author wrote down. */
  own(id: string, of: Identified, where: Where): string | undefined {
    const taken = this.#ids.get(id);
    if (taken !== undefined) {
      const owner =
        taken.line === undefined ? 'a check of every run' : `the ${taken.of} in line ${taken.line}`;
      const detail = `'${id}' is the id of ${owner} already`;
      return this.reading.problem('SCENARIO_DUPLICATE_ID', where, detail);
    }
    this.#ids.set(id, { of, line: where.line ?? 0 });
    return id;
  }

  /** The id of a step, given by its author; or the address of one inside a procedure. */
  step(item: Item, id: string, of: readonly Identified[] = ['step']): string | undefined {
    if (this.#isRefused(id)) return id;
    const detail = `no step has the id '${id}'`;
    return this.reading.known(item, id, 'SCENARIO_UNKNOWN_STEP', this.#idsOf(...of), detail);
  }

  /** The id of a probe, or of an expectation too. */
  check(item: Item, id: string, of: readonly Identified[] = ['probe', 'expectation']): string | undefined {
    if (this.#isRefused(id)) return id;
    const detail = `no ${of.join(' or ')} has the id '${id}'`;
    return this.reading.known(item, id, 'SCENARIO_UNKNOWN_CHECK', this.#idsOf(...of), detail);
  }

  #isRefused(address: string): boolean {
    return this.refused.has(/^[^.[/]*/.exec(address)?.[0] ?? '');
  }

  isProbe(id: string): boolean {
    return this.#ids.get(id)?.of === 'probe';
  }

  #idsOf(...kinds: readonly Identified[]): readonly string[] {
    return [...this.#ids].flatMap(([id, { of }]) => (kinds.includes(of) ? [id] : []));
  }

  person(item: Item): string | undefined {
    const name = this.reading.text(item);
    if (name === undefined) return undefined;
    const { people, devices } = this.cast;
    if (devices.has(name) && !people.has(name))
      return this.reading.problem(
        'SCENARIO_UNKNOWN_PERSON',
        item.where,
        `'${name}' is a device, and no one who types`,
        'Write who types: by: crs-admin, on: crs.',
      );
    return this.reading.known(item, name, 'SCENARIO_UNKNOWN_PERSON', people, `no one is called '${name}'`);
  }

  device(item: Item): string | undefined {
    const name = this.reading.text(item);
    if (name === undefined) return undefined;
    const { people, devices } = this.cast;
    if (people.has(name) && !devices.has(name))
      return this.reading.problem(
        'SCENARIO_UNKNOWN_DEVICE',
        item.where,
        `'${name}' is a person, not a device`,
        'Leave `on` out: without it a person acts with their own hands.',
      );
    return this.reading.known(
      item,
      name,
      'SCENARIO_UNKNOWN_DEVICE',
      devices.keys(),
      `there is no device '${name}'`,
    );
  }

  /** A moment that is declared. A time cannot count from the last event of a kind: no one knows yet that it was the last. */
  moment(item: Item, name: string, use: 'schedule' | 'look back'): string | undefined {
    if (this.#isRefused(name)) return name;
    const detail = `there is no moment '${name}'`;
    const known = this.reading.known(item, name, 'SCENARIO_UNKNOWN_MOMENT', this.moments.keys(), detail);
    if (known === undefined || use === 'look back' || this.moments.get(known)?.occurrence !== 'last')
      return known;
    return this.reading.problem(
      'SCENARIO_WHEN',
      item.where,
      `'${name}' is known only when the run is over, because it is the last event of its kind`,
      'Count from a moment that is the first or the nth.',
    );
  }

  /** The fixed time of a step, probe or end. `afterwards` says how a time that counts from a moment is written there. */
  at(
    item: Item,
    afterwards = (after: string): string => `Write after: ${after} in place of at.`,
  ): When | undefined {
    const text = this.reading.text(item);
    const [, moment = '', delay] = FROM_MOMENT.exec(text ?? '') ?? [];
    if (delay !== undefined || this.moments.has(moment)) {
      const detail = `'${text}' counts from a moment, and this is a time`;
      const after = delay === undefined ? moment : `${moment} + ${delay}`;
      return this.reading.problem('SCENARIO_WHEN', item.where, detail, afterwards(after));
    }
    const when = text === undefined ? undefined : this.#fixed(item, text);
    if (when === undefined || this.ends?.kind !== 'at' || when.t <= this.ends.t) return when;
    return this.reading.problem(
      'SCENARIO_WHEN',
      item.where,
      `${item.what} is after the scenario ends`,
      'Let it end later (ends), or give an earlier time.',
    );
  }

  /** The time that `after` gives. */
  after(item: Item, use: 'schedule' | 'look back' = 'schedule'): AfterMoment | undefined {
    const text = this.reading.text(item);
    const when = text === undefined ? undefined : this.reading.attempt(item, () => parseAfter(text));
    if (when === undefined || this.moment(item, when.moment, use) === undefined) return undefined;
    return when;
  }

  /** A time or a moment: the bound of a window. Only moments begin with a letter. */
  bound(item: Item): When | undefined {
    const text = this.reading.text(item);
    if (text === undefined) return undefined;
    if (/^[a-z]/i.test(text)) return this.after(item, 'look back');
    return this.#fixed(item, text);
  }

  #fixed(item: Item, text: string): FixedTime | undefined {
    const { begins } = this;
    return this.reading.attempt(item, () => (begins === undefined ? undefined : parseAt(text, begins)));
  }

  /** `at` or `after`. */
  when(fields: Fields, optional = false): When | undefined {
    const given = fields.oneOf(['at', 'after'], optional);
    if (given === undefined) return undefined;
    return given.key === 'at' ? this.at(given.item) : this.after(given.item);
  }

  /** `clause: para-32` or `clause: [para-31, para-32]`. */
  clauses(item: Item | undefined): readonly string[] {
    return item === undefined ? [] : clausesOf(this.reading, this.vocabulary, item);
  }

  /** A line to be typed, whose first word must be a command of the console it is typed on. */
  line(item: Item, on: string | undefined): string | undefined {
    const line = this.reading.text(item, { max: LIMITS.line });
    if (line === undefined) return undefined;
    const kind = on === undefined ? undefined : this.cast.devices.get(on);
    const commands =
      kind === undefined ? this.vocabulary.personCommands : this.vocabulary.kinds[kind]?.commands;
    const command = line.trim().split(/\s+/)[0] ?? '';
    if (commands === undefined || command === 'help') return line;
    const console = on === undefined ? 'a person' : `'${on}'`;
    const detail = `the console of ${console} has no command '${command}'`;
    return this.reading.known(item, command, 'SCENARIO_UNKNOWN_COMMAND', commands, detail) === undefined
      ? undefined
      : line;
  }
}

/** One clause or a list of clauses. */
export function clausesOf(reading: Reading, vocabulary: Vocabulary, item: Item): readonly string[] {
  const entries = isList(item) ? (reading.list(item) ?? []) : [item];
  return entries.flatMap((entry) => {
    const id = reading.text(entry);
    if (id === undefined) return [];
    const detail = `there is no clause '${id}'`;
    return reading.known(entry, id, 'SCENARIO_UNKNOWN_CLAUSE', vocabulary.clauses, detail) ?? [];
  });
}

function isList(item: Item): boolean {
  return item.node !== null && 'items' in item.node;
}
