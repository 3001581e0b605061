/** Reading recorded signalling. A TLS-PSK session opens with its PSK alone, whenever the key comes to hand (clause para-11). */
import { periodOf } from '../../../network/mikey/index.ts';
import { opened, refused, type Arm, type Attack, type Outcome } from '../attack.ts';
import { labelOf, obviousPsk, wrongPsks, type Holdings } from '../holdings.ts';
import type { Recorder } from '../recorder.ts';
import type { AttackStage } from '../stage.ts';

/**
 * Opens when at least one SIP message of a recorded session of the user is read. An all-zero PSK is always tried, at no
 * cost.
 */
export class ReadSignalling implements Attack {
  readonly capability = 'read signalling';
  readonly #stage: AttackStage;
  readonly #recorder: Recorder;
  readonly #user: string;
  readonly #pskGiven: boolean;

  constructor(stage: AttackStage, recorder: Recorder, user: string, pskGiven: boolean) {
    this.#stage = stage;
    this.#recorder = recorder;
    this.#user = user;
    this.#pskGiven = pskGiven;
  }

  get asset(): string {
    return `signalling of ${this.#user}`;
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const theirs = this.#stage.truth.holdingsOf(this.#user, periodOf(this.#stage.unixMs)).psks;
    done(
      this.#read(
        this.#psks(arm, held, theirs),
        theirs.map(({ identity }) => identity),
      ),
    );
  }

  #psks(arm: Arm, held: Holdings, theirs: Holdings['psks']): Holdings['psks'] {
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

  #read(psks: Holdings['psks'], identities: readonly string[]): Outcome {
    const sessions = this.#recorder.sessions(psks).filter(({ identity }) => identities.includes(identity));
    const messages = sessions.reduce((sum, session) => sum + session.messages.length, 0);
    if (messages === 0) return refused('no recorded session opens with the PSKs that are held');
    return opened(`${messages} SIP messages read from ${sessions.length} recorded sessions`, [
      ...new Set(sessions.map(({ psk }) => labelOf.psk(psk))),
    ]);
  }
}
