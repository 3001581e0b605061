/** Reading recorded signalling. A TLS-PSK session opens with its PSK alone, whenever the key comes to hand (clause para-11). */
import { periodOf } from '../../../network/mikey/index.ts';
import type { Reason } from '../../reason.ts';
import { opened, refused, refusedFor, type Arm, type Attack, type Handed, type Outcome } from '../attack.ts';
import { NOTHING, obviousPsk, secretOf, wrongPsks, type Holdings } from '../holdings.ts';
import { lackingPskOf } from '../leg.ts';
import type { AttackAim } from '../path.ts';
import type { Recorder } from '../recorder.ts';
import type { AttackStage } from '../stage.ts';

/**
 * Opens when at least one SIP message of a recorded session of a phone of the user is read. An all-zero PSK is always tried,
 * at no cost.
 */
export class ReadSignalling implements Attack {
  readonly #stage: AttackStage;
  readonly #recorder: Recorder;
  readonly #user: string;
  readonly #pskGiven: boolean;

  /** `pskGiven`: the attacker is handed the PSKs that the user ever had in this month. */
  constructor(stage: AttackStage, recorder: Recorder, user: string, pskGiven: boolean) {
    this.#stage = stage;
    this.#recorder = recorder;
    this.#user = user;
    this.#pskGiven = pskGiven;
  }

  aim(): AttackAim {
    return {
      attack: this.#pskGiven ? 'read-signalling --given-psk' : 'read-signalling',
      route: this.#pskGiven ? 'given' : 'tap',
      needs: ['psk'],
      asset: `signalling of ${this.#user}`,
      capability: 'read',
      victim: this.#user,
      call: null,
    };
  }

  given(): Handed | undefined {
    if (!this.#pskGiven) return undefined;
    return { holdings: { ...NOTHING, psks: this.#theirs }, owner: this.#user, from: null };
  }

  get #theirs(): Holdings['psks'] {
    return this.#stage.truth.holdingsOf(this.#user, periodOf(this.#stage.unixMs)).psks;
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    done(this.#read(held, this.#psks(arm, held)));
  }

  #psks(arm: Arm, held: Holdings): Holdings['psks'] {
    const theirs = this.#theirs;
    switch (arm) {
      case 'attempt':
        return [
          ...held.psks,
          ...this.#recorder.identities().map(obviousPsk),
          ...(this.#pskGiven ? theirs : []),
        ];
      case 'positive':
        return theirs;
      case 'negative':
        return wrongPsks(theirs);
    }
  }

  #read(held: Holdings, psks: Holdings['psks']): Outcome {
    const isTheirs = (host: string): boolean => this.#stage.phoneNamed(host)?.user === this.#user;
    const sessions = this.#recorder.sessions(psks).filter(({ client }) => isTheirs(client));
    const messages = sessions.reduce((sum, session) => sum + session.messages.length, 0);
    if (messages === 0) return refusedFor(this.#obstacles(held, isTheirs), () => refused('no-psk'));
    return opened(`${messages} SIP messages read from ${sessions.length} recorded sessions`, {
      means: [...new Map(sessions.map(({ psk }) => [psk.identity, secretOf.psk(psk)])).values()],
      sources: this.#recorder.linksOf(isTheirs),
    });
  }

  #obstacles(held: Holdings, isTheirs: (host: string) => boolean): readonly Reason[] {
    const legs = this.#recorder.legs(isTheirs).filter(({ identity }) => identity !== undefined);
    const owner = {
      number: this.#stage.numberOf(this.#user),
      period: periodOf(this.#stage.unixMs),
    };
    return [...(legs.length === 0 ? (['not-tapped'] as const) : []), ...lackingPskOf(held, owner, legs)];
  }
}
