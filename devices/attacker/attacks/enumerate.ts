/**
 * Telling users from strangers: whether the CRS answers a PSK identity it knows, under a wrong key, in another way than one
 * that it does not know (RFC 4279 section 5.3; clause para-11).
 */
import { SECOND } from '../../../sim/clock.ts';
import type { RandomSource } from '../../../sim/random.ts';
import { toHex } from '../../../sim/octets.ts';
import type { PresharedKey } from '../../media/index.ts';
import { SIPS_PORT } from '../../signalling/packages.ts';
import { firstOf, inconclusive, opened, refused, type Arm, type Attack, type Outcome } from '../attack.ts';
import type { Holdings } from '../holdings.ts';
import { periodOf } from '../../../network/mikey/index.ts';
import type { Stage } from '../stage.ts';

const ANSWER_LIMIT = 20 * SECOND;

export class Enumerate implements Attack {
  readonly asset = 'list of users';
  readonly capability = 'enumerate';
  readonly #stage: Stage;
  readonly #user: string;
  readonly #random: RandomSource;
  readonly #host: () => string;

  constructor(stage: Stage, user: string, random: RandomSource, host: () => string) {
    this.#stage = stage;
    this.#user = user;
    this.#random = random;
    this.#host = host;
  }

  try(arm: Arm, _held: Holdings, done: (outcome: Outcome) => void): void {
    const known = this.#stage.truth.holdingsOf(this.#user, periodOf(this.#stage.unixMs)).psks.at(-1);
    if (known === undefined) return done(inconclusive(`${this.#user} has no PSK`));
    const wrongKey = (identity: string): PresharedKey => ({ identity, psk: this.#random.octets(32) });
    const stranger = (): PresharedKey =>
      wrongKey(`${toHex(this.#random.octets(8))}${known.identity.slice(16)}`);
    // Controls: a right key must look different from a stranger, and two strangers must look the same.
    const first = { attempt: wrongKey(known.identity), positive: known, negative: stranger() }[arm];
    this.#answerTo(first, (one) => {
      this.#answerTo(stranger(), (other) => {
        if (one === other) done(refused(`both are answered by ${one}`));
        else
          done(
            opened(`a known identity is answered by ${one}, an unknown one by ${other}`, [
              'PSK identity, which crosses the network in clear',
            ]),
          );
      });
    });
  }

  #answerTo({ identity, psk }: PresharedKey, done: (answer: string) => void): void {
    const { deployment } = this.#stage;
    const attachment = this.#stage.attach(this.#host());
    const race = firstOf(
      this.#stage,
      ANSWER_LIMIT,
      () => refused('nothing'),
      ({ because }) => {
        attachment.detach();
        this.#stage.clock.schedule(SECOND, () => done(because));
      },
    );
    attachment.connectSecure(
      { host: this.#stage.crs.name, port: SIPS_PORT },
      {
        identity,
        psk,
        encryptThenMac: deployment['encrypt-then-mac'],
        extendedMasterSecret: deployment['extended-master-secret'],
      },
      {
        onOpen: () => race.finish(refused('a finished handshake')),
        onData: () => undefined,
        onClose: ({ reason, alert }) => race.finish(refused(alert === undefined ? reason : `alert ${alert}`)),
      },
    );
  }
}
