/**
 * Telling users from strangers: whether the CRS answers a PSK identity it knows, under a wrong key, in another way than one
 * that it does not know (RFC 4279 section 5.3; clause para-11). The identity must have been captured: the ClientKeyExchange
 * of a tapped phone has it in clear, and it cannot be guessed.
 */
import { phoneAt } from '../address.ts';
import { SECOND } from '../../../sim/clock.ts';
import type { RandomSource } from '../../../sim/random.ts';
import { toHex } from '../../../sim/octets.ts';
import { periodOf } from '../../../network/mikey/index.ts';
import type { PresharedKey } from '../../media/index.ts';
import { SIPS_PORT } from '../../signalling/packages.ts';
import { firstOf, inconclusive, opened, refused, type Arm, type Attack, type Outcome } from '../attack.ts';
import type { Holdings } from '../holdings.ts';
import type { AttackAim } from '../path.ts';
import type { Recorder } from '../recorder.ts';
import type { AttackStage } from '../stage.ts';

const ANSWER_LIMIT = 20 * SECOND;
const NO_ANSWER: string = 'nothing';

/**
 * Opens when a captured identity under a wrong key is answered otherwise than an identity that nobody has. Makes two
 * connections, 20 s each at the most.
 */
export class Enumerate implements Attack {
  readonly #stage: AttackStage;
  readonly #recorder: Recorder;
  readonly #user: string;
  readonly #random: RandomSource;
  readonly #host: () => string;

  constructor(
    stage: AttackStage,
    recorder: Recorder,
    user: string,
    random: RandomSource,
    host: () => string,
  ) {
    this.#stage = stage;
    this.#recorder = recorder;
    this.#user = user;
    this.#random = random;
    this.#host = host;
  }

  aim(): AttackAim {
    return {
      attack: 'enumerate',
      route: 'outside',
      needs: ['psk-identity'],
      asset: 'list of users',
      capability: 'enumerate',
      victim: this.#user,
      call: null,
    };
  }

  try(arm: Arm, _held: Holdings, done: (outcome: Outcome) => void): void {
    const right =
      arm === 'attempt'
        ? undefined
        : this.#stage.truth.holdingsOf(this.#user, periodOf(this.#stage.unixMs)).psks.at(-1);
    const known = arm === 'attempt' ? this.#captured() : right?.identity;
    if (known === undefined)
      return done(arm === 'attempt' ? refused('not-tapped') : inconclusive(`${this.#user} has no PSK`));
    const wrongKey = (identity: string): PresharedKey => ({ identity, psk: this.#random.octets(32) });
    const stranger = (): PresharedKey => wrongKey(`${toHex(this.#random.octets(8))}${known.slice(16)}`);
    // Controls: a right key must look different from a stranger, and two strangers must look the same.
    const first = arm === 'negative' ? stranger() : (right ?? wrongKey(known));
    this.#answerTo(first, (one) => {
      this.#answerTo(stranger(), (other) => {
        if (one === other)
          done(one === NO_ANSWER ? refused('no-path') : refused('same-answer', { detail: one }));
        else
          done(
            opened(`a known identity is answered by ${one}, an unknown one by ${other}`, {
              sources: this.#recorder.linksOf((host) => this.#isTheirs(host)),
            }),
          );
      });
    });
  }

  #isTheirs(host: string): boolean {
    return this.#stage.phoneNamed(phoneAt(host))?.user === this.#user;
  }

  /** The last identity that a tap saw a phone of the user connect with. */
  #captured(): string | undefined {
    return this.#recorder.identities((host) => this.#isTheirs(host)).at(-1);
  }

  #answerTo({ identity, psk }: PresharedKey, done: (answer: string) => void): void {
    const { deployment } = this.#stage;
    const attachment = this.#stage.attach(this.#host());
    let answer = NO_ANSWER;
    const race = firstOf(
      this.#stage,
      ANSWER_LIMIT,
      () => inconclusive(answer),
      () => {
        attachment.detach();
        this.#stage.clock.schedule(SECOND, () => done(answer));
      },
    );
    const answered = (by: string): void => {
      if (race.over) return;
      answer = by;
      race.finish(inconclusive(answer));
    };
    attachment.connectSecure(
      { host: this.#stage.crsOf(this.#user).name, port: SIPS_PORT },
      {
        identity,
        psk,
        encryptThenMac: deployment['encrypt-then-mac'],
        extendedMasterSecret: deployment['extended-master-secret'],
        keyExchange: deployment['tls-key-exchange'],
      },
      {
        onOpen: () => answered('a finished handshake'),
        onData: () => undefined,
        onClose: ({ reason, alert }) => answered(alert === undefined ? reason : `alert ${alert}`),
      },
    );
  }
}
