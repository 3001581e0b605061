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
import type { Ports } from '../ports.ts';
import { ARMS, inconclusive, refused, type Arm, type Attack, type Outcome } from './attack.ts';
import { attackError } from './errors.ts';
import { holdingsOfPhone, joined, NOTHING, secretsOf, type Holdings } from './holdings.ts';
import { Recorder, type RecorderState } from './recorder.ts';
import type { AttackStage } from './stage.ts';

declare module '../../sim/trace.ts' {
  interface TraceEvents {
    'attack.began': { attack: string; asset: string; capability: string; arm: string };
    'attack.ended': {
      attack: string;
      asset: string;
      capability: string;
      arm: string;
      outcome: string;
      because: string;
      means: readonly string[];
    };
    'attack.holds': { psks: number; userKeys: readonly string[]; updateKeys: number; packages: number };
  }
}

/** What a scenario gives an attacker: places on the wire, the CRS or not, a friend among the users. */
export interface AttackerOptions {
  readonly name: string;
  readonly taps: readonly TappableLink[];
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
};

/** All that a probe wants to know. */
export interface AttackReport {
  readonly asset: string;
  readonly capability: string;
  readonly attempt: Outcome;
  readonly positive: Outcome;
  readonly negative: Outcome;
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
  #holdings: Holdings;
  #hosts: number;
  #busy = false;
  #probe: ((report: AttackReport) => void) | undefined;

  constructor(ports: Ports, options: AttackerOptions) {
    this.name = options.name;
    this.ports = ports;
    this.options = options;
    this.random = ports.random.stream(`attacker:${options.name}`);
    const { taps, kept } = options;
    this.#holdings = kept?.holdings ?? NOTHING;
    this.#hosts = kept?.hosts ?? 0;
    this.recorder = new Recorder(taps, kept?.recorder);
    if (kept === undefined)
      for (const source of sourcesOf(options)) this.#hold('holds-from-start', [], source);
  }

  save(): AttackerState {
    return { holdings: this.#holdings, hosts: this.#hosts, recorder: this.recorder.save() };
  }

  /** Why it cannot be kept now; undefined between two attacks. */
  get unrest(): string | undefined {
    return this.#busy || this.#probe !== undefined ? 'an attack' : undefined;
  }

  get holdings(): Holdings {
    return this.#holdings;
  }

  /** Takes the storage octets of a device apart. */
  seized(octets: Uint8Array, device: string): void {
    const found = holdingsOfPhone(octets);
    this.#hold('seized', secretsOf(found, device), device);
    this.#gain(found);
  }

  /** A new name for a place of the attacker's on the network. */
  host(): string {
    return `${this.name}-${++this.#hosts}`;
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
  begin(name: string, attack: Attack): string {
    if (this.#busy) throw attackError('ATTACK_BUSY', `${this.name} is busy`);
    const probe = this.#probe;
    this.#probe = undefined;
    this.#busy = true;
    const arms = probe === undefined ? (['attempt'] as const) : ARMS;
    this.#run(name, attack, [...arms], new Map(), (outcomes) => {
      this.#busy = false;
      const attempt = outcomes.get('attempt');
      assert(attempt !== undefined, 'an attack has an outcome');
      if (probe === undefined) {
        if (attempt.derived !== undefined) this.#hold('made', attempt.derived, null);
        if (attempt.gained !== undefined) {
          this.#hold('unwrapped', secretsOf(attempt.gained, attack.asset), null);
          this.#gain(attempt.gained);
        }
        return;
      }
      const none = inconclusive('not tried');
      probe({
        asset: attack.asset,
        capability: attack.capability,
        attempt,
        positive: outcomes.get('positive') ?? none,
        negative: outcomes.get('negative') ?? none,
      });
    });
    return `Trying to ${attack.capability}: ${attack.asset}.`;
  }

  #run(
    name: string,
    attack: Attack,
    arms: readonly Arm[],
    outcomes: Map<Arm, Outcome>,
    done: (outcomes: ReadonlyMap<Arm, Outcome>) => void,
  ): void {
    const [arm, ...later] = arms;
    if (arm === undefined) return done(outcomes);
    const { trace } = this.ports;
    const { asset, capability } = attack;
    const began = trace.append('attack.began', this.name, { attack: name, asset, capability, arm });
    let answered = false;
    const answer = (outcome: Outcome): void => {
      assert(!answered, `${name} answers once`);
      answered = true;
      const { because, means } = outcome;
      trace.append(
        'attack.ended',
        this.name,
        { attack: name, asset, capability, arm, outcome: outcome.outcome, because, means },
        began,
      );
      outcomes.set(arm, outcome);
      this.#run(name, attack, later, outcomes, done);
    };
    if (arm === 'attempt' && !this.ports.rules.holds('attacker.really-tries'))
      answer(refused('it did not even try'));
    else attack.try(arm, this.#holdings, answer);
  }

  #hold(verb: CustodyVerb, secrets: readonly Secret[], from: string | null): void {
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
      `holds ${psks.length} PSKs, ${updateKeys.length} update keys, ${packages.length} packages`,
      ...userKeys.map(({ number, period }) => `holds RSK and SSK of ${number} ${period}`),
      this.#busy ? 'busy' : 'idle',
    ];
  }
}

/** Links, devices and people that give an attacker what they have, from the beginning. */
function sourcesOf({ taps, controls, colludes }: AttackerOptions): readonly string[] {
  return [
    ...taps.map(({ name }) => name),
    ...(controls === undefined ? [] : [controls]),
    ...(colludes === undefined ? [] : [colludes]),
  ];
}
