/**
 * Playing the CRS to a user. A PSK authenticates both ends: whoever holds a user's PSK and stands on the way can answer in the
 * server's place (finding 6). It counts as done when the phone registers there.
 */
import { SECOND } from '../../../sim/clock.ts';
import type { RandomSource } from '../../../sim/random.ts';
import { periodOf } from '../../../network/mikey/index.ts';
import { newTag } from '../../../network/sip/index.ts';
import type { PresharedKey } from '../../media/index.ts';
import { Conversation } from '../../signalling/conversation.ts';
import { SIPS_PORT } from '../../signalling/packages.ts';
import {
  ATTEMPT_LIMIT,
  firstOf,
  inconclusive,
  opened,
  refused,
  typeAt,
  type Arm,
  type Attack,
  type Outcome,
} from '../attack.ts';
import { labelOf, obviousPsk, wrongPsks, type Holdings } from '../holdings.ts';
import type { AttackStage } from '../stage.ts';

const RESTART_AFTER = 40 * SECOND;

/**
 * Opens when the phone registers with the attacker's host. The diversion ends with the attempt, and the phone gets 30 s
 * to find its way back.
 */
export class ImpersonateCrs implements Attack {
  readonly capability = 'play the CRS';
  readonly #stage: AttackStage;
  readonly #phone: string;
  readonly #user: string;
  readonly #random: RandomSource;
  readonly #host: () => string;

  /** `phone` is the host name of the phone that the attacker stands in front of. */
  constructor(stage: AttackStage, phone: string, user: string, random: RandomSource, host: () => string) {
    this.#stage = stage;
    this.#phone = phone;
    this.#user = user;
    this.#random = random;
    this.#host = host;
  }

  get asset(): string {
    return `connection of ${this.#phone}`;
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    // A phone's link leads from the phone to whatever is next on the way to the server.
    const link = stage.linkOf(this.#phone);
    const phone = stage.phoneNamed(this.#phone);
    if (link === undefined || phone === undefined)
      return done(inconclusive(`there is no phone ${this.#phone}`));
    const keyring = this.#keyring(arm, held);
    const host = this.#host();
    const attachment = stage.attach(host);
    const { deployment } = stage;
    const race = firstOf(
      stage,
      ATTEMPT_LIMIT,
      () => refused('the phone did not connect'),
      (outcome) => {
        attachment.detach();
        restore();
        // The phone finds its way back to the real server.
        stage.clock.schedule(30 * SECOND, () => done(outcome));
      },
    );
    attachment.listenSecure(
      SIPS_PORT,
      {
        psk: (identity) => keyring(identity)?.psk,
        unknownIdentity: 'as-wrong-key',
        encryptThenMac: deployment['encrypt-then-mac'],
        extendedMasterSecret: deployment['extended-master-secret'],
        onRefused: () => race.finish(refused('the phone found no server that knows its PSK')),
      },
      (stream) => {
        const psk = keyring(stream.security?.pskIdentity ?? '');
        const conversation = new Conversation(stream, stage.clock, this.#random, {
          onRequest: (request) => {
            if (request.method === 'ACK') return;
            conversation.respond(request, 200, { toTag: newTag(this.#random) });
            if (request.method === 'REGISTER')
              race.finish(
                opened(`${this.#phone} registered with the attacker`, [
                  'position on its link',
                  ...(psk === undefined ? [] : [labelOf.psk(psk)]),
                ]),
              );
          },
          onUnreadable: () => undefined,
        });
        return { onData: (octets) => conversation.receive(octets), onClose: () => conversation.ended() };
      },
    );
    const restore = link.divert(stage.crsOf(phone.user).name, host, link.ends[1]);
    // Whoever sees no connection for long starts the app again; a bad link may need it.
    const restart = (): void => {
      if (race.over) return;
      typeAt(stage, phone, 'restart', phone.user);
      stage.clock.schedule(RESTART_AFTER, restart);
    };
    stage.clock.schedule(SECOND, restart);
  }

  /** The keys at hand for the identity that the phone says in clear. */
  #keyring(arm: Arm, held: Holdings): (identity: string) => PresharedKey | undefined {
    const theirs = this.#stage.truth.holdingsOf(this.#user, periodOf(this.#stage.unixMs)).psks;
    const psks = { attempt: held.psks, positive: theirs, negative: wrongPsks(theirs) }[arm];
    return (identity) =>
      psks.findLast((each) => each.identity === identity) ??
      (arm === 'attempt' ? obviousPsk(identity) : undefined);
  }
}
