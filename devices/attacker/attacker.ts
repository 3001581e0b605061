/**
 * An attacker: taps, holdings, and a console with attacks. It may use only what it holds; what it gains by an attack it holds
 * from then on. A probe types the same lines, and asks for the two controls as well.
 */
import { assert } from '../../sim/errors.ts';
import type { CustodyVerb } from '../../sim/custody.ts';
import type { Kept, Plain } from '../../sim/kept.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Secret } from '../../sim/secret.ts';
import type { TappableLink } from '../../network/tap.ts';
import type { SeenThing } from '../kind.ts';
import type { Ports } from '../ports.ts';
import type { Reason } from '../reason.ts';
import { ARMS, inconclusive, refused, type Arm, type Attack, type Outcome } from './attack.ts';
import { attackError } from './errors.ts';
import { holdingsOfCms } from './cms-image.ts';
import { holdingsOfCrs } from './crs-image.ts';
import { holdingsOfPhone, joined, NOTHING, secretsOf, type Holdings } from './holdings.ts';
import { holdingsOnThing } from './read-thing.ts';
import type { AttackAim } from './path.ts';
import { Provenance, type ProvenanceState } from './provenance.ts';
import { reachOf, sourcesOf, type Reach } from './reach.ts';
import { Recorder, type RecorderState, type Records } from './recorder.ts';
import type { AttackStage } from './stage.ts';

/** What an attempt says of itself, before it tries and again when it has ended. */
interface StatedAim {
  attack: string;
  route: string;
  needs: readonly string[];
  asset: string;
  capability: string;
  victim: string | null;
  call: string | null;
  arm: string;
}

declare module '../../sim/trace.ts' {
  interface TraceEvents {
    'attack.began': StatedAim;
    'attack.ended': StatedAim & {
      outcome: string;
      because: string;
      reason: Reason | null;
      missing: readonly Reason[];
      means: readonly string[];
      sources: readonly string[];
      audioSeconds: number;
    };
    /** It has a thing with these keys on it, and no reader can read it. */
    'attack.unread': { thing: string; keys: readonly string[] };
    'attack.holds': { psks: number; userKeys: readonly string[]; updateKeys: number; packages: number };
  }
}

/** What a scenario gives an attacker: places on the wire, the CRS or not, a friend among the users. */
export interface AttackerOptions {
  readonly name: string;
  readonly taps: readonly TappableLink[];
  /** What it keeps of what they show; everything when left out. */
  readonly records?: Records;
  /** The name of the CRS that it has in its hands, when it has one. */
  readonly controls: string | undefined;
  /** A user who gives it everything their phone has. */
  readonly colludes: string | undefined;
  readonly stage: AttackStage;
  /** What one was between two attacks. */
  readonly kept?: AttackerState | undefined;
}

/** An attacker as a plain value, while no attack is under way. */
export type AttackerState = {
  readonly holdings: Plain<Holdings>;
  /** Places on the network that it ever had: they are numbered. */
  readonly hosts: number;
  readonly recorder: RecorderState;
  readonly provenance: ProvenanceState;
};

/** All that a probe wants to know. */
export interface AttackReport {
  readonly aim: AttackAim;
  readonly attempt: Outcome;
  readonly positive: Outcome;
  readonly negative: Outcome;
}

interface Trying {
  readonly attack: Attack;
  readonly aim: AttackAim;
  readonly reach: Reach;
}

/**
 * Somebody with taps and holdings, who makes one attack at a time. Nothing reaches its holdings but `seized` and its own
 * attacks.
 */
export class Attacker implements Kept<AttackerState> {
  readonly name: string;
  readonly recorder: Recorder;
  readonly random: RandomSource;
  readonly ports: Ports;
  readonly options: AttackerOptions;
  readonly #provenance: Provenance;
  #holdings: Holdings;
  #hosts: number;
  #busy = false;
  #probe: ((report: AttackReport) => void) | undefined;

  constructor(ports: Ports, options: AttackerOptions) {
    this.name = options.name;
    this.ports = ports;
    this.options = options;
    this.random = ports.random.stream(`attacker:${options.name}`);
    const { taps, records, kept } = options;
    this.#holdings = kept?.holdings ?? NOTHING;
    this.#provenance = new Provenance(kept?.provenance);
    this.#hosts = kept?.hosts ?? 0;
    this.recorder = new Recorder(taps, kept?.recorder, records);
    if (kept === undefined)
      for (const source of sourcesOf(options)) this.#hold('holds-from-start', [], source);
  }

  save(): AttackerState {
    const [recorder, provenance] = [this.recorder.save(), this.#provenance.save()];
    return { holdings: this.#holdings, hosts: this.#hosts, recorder, provenance };
  }

  /** Why it cannot be kept now; undefined between two attacks. */
  get unrest(): string | undefined {
    return this.#busy || this.#probe !== undefined ? 'an attack' : undefined;
  }

  get holdings(): Holdings {
    return this.#holdings;
  }

  /** Everything that it may use now. */
  get reachable(): Holdings {
    return this.#reach().held;
  }

  #reach(): Reach {
    const { colludes, stage } = this.options;
    return reachOf(stage, this.name, this.#holdings, colludes);
  }

  /** Takes the storage octets of a device apart. */
  seized(octets: Uint8Array, device: string): void {
    const found = joined(holdingsOfPhone(octets), holdingsOfCrs(octets), holdingsOfCms(octets));
    this.#hold('seized', secretsOf(found, device), device);
    this.#gain(found);
  }

  /** Reads what is on a thing that it has in hand; of what no reader can read, only that it could not. Returns what it made of it. */
  read(thing: string, seen: SeenThing): string {
    const found = holdingsOnThing(seen, this.options.stage.readQr);
    if (found === undefined) {
      const keys = seen.shows.map(({ kind, owner }) => `${kind} ${owner}`);
      this.ports.trace.append('attack.unread', this.name, { thing, keys });
      return `Nothing on ${thing} can be read.`;
    }
    this.#hold('seized', secretsOf(found, thing), thing);
    this.#gain(found);
    return `Read ${thing}.`;
  }

  /** A new name for a place of the attacker's on the network. */
  host(): string {
    return `${this.name}-${++this.#hosts}`;
  }

  /** Has its hands full until the returned function is called. Errors: ATTACK_BUSY. */
  occupy(): () => void {
    this.#refuseBusy();
    this.#busy = true;
    return () => void (this.#busy = false);
  }

  #refuseBusy(): void {
    if (this.#busy) throw attackError('ATTACK_BUSY', `${this.name} is busy`);
  }

  /** Keeps what it has made by itself. */
  makes(found: Holdings): void {
    this.#hold('made', secretsOf(found, this.name), null);
    this.#gain(found);
  }

  /**
   * The next line is a probe: with both controls, and reported to `done`. Returns a function that ends the waiting for it; true
   * when the line was no attack.
   */
  probeNext(done: (report: AttackReport) => void): () => boolean {
    this.#probe = done;
    return () => {
      const waiting = this.#probe === done;
      if (waiting) this.#probe = undefined;
      return waiting;
    };
  }

  /** Starts an attack. Errors: ATTACK_BUSY. */
  begin(attack: Attack): string {
    this.#refuseBusy();
    const probe = this.#probe;
    this.#probe = undefined;
    if (probe === undefined && attack.isService === true)
      throw attackError('ATTACK_ONLY_A_PROBE', `${this.name} calls nobody in the name of users`);
    this.#busy = true;
    const handed = probe === undefined ? attack.given?.() : undefined;
    if (handed !== undefined) {
      this.#hold('given', secretsOf(handed.holdings, handed.owner), handed.from);
      this.#gain(handed.holdings);
    }
    const reach = this.#reach();
    const aim = attack.aim(reach.held);
    const arms = probe === undefined ? (['attempt'] as const) : ARMS;
    this.#run({ attack, aim, reach }, [...arms], new Map(), (outcomes) => {
      this.#busy = false;
      const attempt = outcomes.get('attempt');
      assert(attempt !== undefined, 'an attack has an outcome');
      if (probe === undefined) return this.#keep(attempt, aim);
      const none = inconclusive('not tried');
      probe({
        aim,
        attempt,
        positive: outcomes.get('positive') ?? none,
        negative: outcomes.get('negative') ?? none,
      });
    });
    return `Trying to ${aim.capability}: ${aim.asset}.`;
  }

  /** What a line that was no probe came to is the attacker's from then on. */
  #keep({ means, derived, gained }: Outcome, { asset }: AttackAim): void {
    if (means.length > 0) this.#hold('used', means, this.name);
    if (derived !== undefined) this.#hold('made', derived, null);
    if (gained === undefined) return;
    this.#hold('unwrapped', secretsOf(gained, asset), null);
    this.#gain(gained);
  }

  #run(
    trying: Trying,
    arms: readonly Arm[],
    outcomes: Map<Arm, Outcome>,
    done: (outcomes: ReadonlyMap<Arm, Outcome>) => void,
  ): void {
    const [arm, ...later] = arms;
    if (arm === undefined) return done(outcomes);
    const { attack, aim, reach } = trying;
    const { trace } = this.ports;
    const stated = { ...aim, arm };
    const began = trace.append('attack.began', this.name, stated);
    let answered = false;
    const answer = (found: Outcome): void => {
      assert(!answered, `${aim.attack} answers once`);
      answered = true;
      const outcome = arm === 'attempt' ? this.#provenance.stated(found, reach) : found;
      const { because, reason, missing, sources } = outcome;
      const means = outcome.means.map(({ label }) => label);
      const { audioSeconds = 0 } = outcome;
      const ended = { outcome: outcome.outcome, because, reason, missing, means, sources, audioSeconds };
      trace.append('attack.ended', this.name, { ...stated, ...ended }, began);
      outcomes.set(arm, outcome);
      this.#run(trying, later, outcomes, done);
    };
    if (arm === 'attempt' && !this.ports.rules.holds('attacker.really-tries'))
      answer(refused('no-path', { detail: 'it did not even try' }));
    else attack.try(arm, reach.held, answer);
  }

  #hold(verb: CustodyVerb, secrets: readonly Secret[], from: string | null): void {
    if (verb !== 'used') this.#provenance.given(secrets);
    this.ports.trace.append(`custody.${verb}`, this.name, { secrets, from, to: this.name });
  }

  #gain(gained: Holdings): void {
    this.#holdings = joined(this.#holdings, gained);
    const { psks, userKeys, updateKeys, packages } = this.#holdings;
    this.ports.trace.append('attack.holds', this.name, {
      psks: psks.length,
      userKeys: userKeys.map(({ number, period }) => `${number} ${period}`),
      updateKeys: updateKeys.length,
      packages: packages.length,
    });
  }

  screen(): readonly string[] {
    const { psks, userKeys, updateKeys, packages } = this.#holdings;
    return [
      `taps: ${this.options.taps.map(({ name }) => name).join(', ') || 'none'}`,
      ...(this.options.records === 'signalling' ? ['keeps the signalling only, and no media'] : []),
      `holds ${psks.length} PSKs, ${updateKeys.length} update keys, ${packages.length} packages`,
      ...userKeys.map(({ number, period }) => `holds RSK and SSK of ${number} ${period}`),
      this.#busy ? 'busy' : 'idle',
    ];
  }
}
