/** Reading recorded signalling. A TLS-PSK session opens with its PSK alone, whenever the key comes to hand (clause para-11). */
import { phoneAt } from '../address.ts';
import { MILLISECOND, type Micros } from '../../../sim/clock.ts';
import { periodOf } from '../../../network/mikey/index.ts';
import type { Reason } from '../../reason.ts';
import { opened, refused, refusedFor, type Arm, type Attack, type Handed, type Outcome } from '../attack.ts';
import { NOTHING, obviousPsk, secretOf, wrongPsks, type Holdings } from '../holdings.ts';
import { lackingPskOf } from '../leg.ts';
import type { AttackAim } from '../path.ts';
import type { Recorder } from '../recorder.ts';
import type { AttackStage } from '../stage.ts';
import { unrolled } from '../unrolled.ts';

/** With which PSKs: those that are held, those of the user that are handed over, or those that the chain of months gives. */
export type SignallingKeys = 'held' | 'given' | 'unrolled';

/**
 * Opens when at least one SIP message of a recorded session of a phone of the user is read. An all-zero PSK is always tried,
 * at no cost.
 */
export class ReadSignalling implements Attack {
  readonly #stage: AttackStage;
  readonly #recorder: Recorder;
  readonly #user: string;
  readonly #with: SignallingKeys;
  readonly #since: number | undefined;

  /** With `since`, Unix milliseconds, only sessions that began from then on are meant. */
  constructor(stage: AttackStage, recorder: Recorder, user: string, keys: SignallingKeys, since?: number) {
    this.#stage = stage;
    this.#recorder = recorder;
    this.#user = user;
    this.#with = keys;
    this.#since = since;
  }

  aim(): AttackAim {
    return {
      attack: this.#with === 'given' ? 'read-signalling --given-psk' : 'read-signalling',
      route: this.#with === 'given' ? 'given' : 'tap',
      needs: this.#with === 'unrolled' ? ['psk', 'update-key'] : ['psk'],
      asset: `signalling of ${this.#user}${this.#since === undefined ? '' : ` from ${new Date(this.#since).toISOString()}`}`,
      capability: 'read',
      victim: this.#user,
      call: null,
    };
  }

  given(): Handed | undefined {
    if (this.#with !== 'given') return undefined;
    return { holdings: { ...NOTHING, psks: this.#theirs }, owner: this.#user, from: null };
  }

  get #theirs(): Holdings['psks'] {
    return this.#stage.truth.holdingsOf(this.#user, periodOf(this.#stage.unixMs)).psks;
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const start = arm === 'attempt' && this.#with === 'unrolled' ? this.#unrolled(held) : held;
    done(this.#read(start, this.#psks(arm, start), arm));
  }

  #unrolled(held: Holdings): Holdings {
    return unrolled(this.#recorder, held, (host) => this.#isTheirs(host)).held;
  }

  #isTheirs(host: string): boolean {
    return this.#stage.phoneNamed(phoneAt(host))?.user === this.#user;
  }

  /** The moment from which on sessions are meant, on the clock of the recordings. */
  get #from(): Micros {
    const { clock, unixMs } = this.#stage;
    return this.#since === undefined ? 0 : clock.now() - (unixMs - this.#since) * MILLISECOND;
  }

  #psks(arm: Arm, held: Holdings): Holdings['psks'] {
    const theirs = this.#theirs;
    switch (arm) {
      case 'attempt':
        return [
          ...held.psks,
          ...this.#recorder.identities().map(obviousPsk),
          ...(this.#with === 'given' ? theirs : []),
        ];
      case 'positive':
        return theirs;
      case 'negative':
        return wrongPsks(theirs);
    }
  }

  #read(held: Holdings, psks: Holdings['psks'], arm: Arm): Outcome {
    const isTheirs = (host: string): boolean => this.#isTheirs(host);
    const sessionKeys = arm === 'positive' ? this.#stage.truth.sessionKeys : [];
    const from = this.#from;
    const sessions = this.#recorder
      .sessions(psks, sessionKeys)
      .filter(({ client, beganAt }) => isTheirs(client) && beganAt >= from);
    const messages = sessions.reduce((sum, session) => sum + session.messages.length, 0);
    // A chain is to come as far as the recording does: what the first PSK opens is another path.
    const last = this.#recorder.legs(isTheirs).findLast(({ identity }) => identity !== undefined)?.identity;
    const isAll =
      this.#with !== 'unrolled' || arm !== 'attempt' || sessions.some(({ identity }) => identity === last);
    if (messages === 0 || !isAll) return refusedFor(this.#obstacles(held, isTheirs), () => refused('no-psk'));
    return opened(`${messages} SIP messages read from ${sessions.length} recorded sessions`, {
      means: [...new Map(sessions.map(({ psk }) => [psk.identity, secretOf.psk(psk)])).values()],
      sources: this.#recorder.linksOf(isTheirs),
    });
  }

  #obstacles(held: Holdings, isTheirs: (host: string) => boolean): readonly Reason[] {
    const legs = this.#recorder
      .legs(isTheirs)
      .filter(({ identity, beganAt }) => identity !== undefined && beganAt >= this.#from);
    const owner = {
      number: this.#stage.numberOf(this.#user),
      period: periodOf(this.#stage.unixMs),
    };
    return [...(legs.length === 0 ? (['not-tapped'] as const) : []), ...lackingPskOf(held, owner, legs)];
  }
}
