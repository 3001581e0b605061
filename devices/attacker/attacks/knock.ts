/**
 * Knocking at the TLS port with something else than the one suite (clauses para-11, para-17-b2): a hello with other suites, SIP in clear, or
 * another protocol. Who was refused comes again with the one suite and the PSK that it holds: only where it is let in then, it was the offer that
 * was refused. The CRS says so in its own event. No session is wanted of the offer: a server that takes another suite, or answers in clear, has
 * gone too far by then.
 */
import { SECOND } from '../../../sim/clock.ts';
import { concat, fromAscii, toAscii } from '../../../sim/octets.ts';
import type { KeyExchange } from '../../../network/fabric.ts';
import { periodOf, type TelNumber } from '../../../network/mikey/index.ts';
import {
  addressOf,
  newBranch,
  newCallId,
  newTag,
  parseUri,
  requestOf,
  serialise,
  telUri,
  withTag,
} from '../../../network/sip/index.ts';
import { clientHelloOf, suiteOf, suiteTaken } from '../../../network/tls-psk/index.ts';
import { SIPS_PORT } from '../../signalling/packages.ts';
import {
  firstOf,
  inconclusive,
  opened,
  refused,
  refusedFor,
  type Arm,
  type Attack,
  type Outcome,
} from '../attack.ts';
import { bystanderOf, noBystander } from '../bystander.ts';
import { FarEnd } from '../far-end.ts';
import { pskFor, secretOf, wrongPsks, type HeldPsk, type Holdings } from '../holdings.ts';
import { login, type Presenter } from '../login.ts';
import { missingKeys } from '../obstacles.ts';
import { OTHER_PROTOCOLS, otherSuites, type OtherOffer } from '../other-offers.ts';
import type { AttackAim } from '../path.ts';
import type { AttackStage } from '../stage.ts';

const ANSWER_LIMIT = 20 * SECOND;
const NOT_ONE_SUITE = 'the CRS does not take the one suite either';

/** What anybody can say who has no account: that the CRS takes it would be seen without a PSK. */
const OFFERS_OF_STRANGERS: readonly OtherOffer[] = ['certificate', 'plaintext', 'http', 'ssh'];

/** Whose account is meant, and which offer takes the place of the one suite. */
export interface KnockOptions extends Presenter {
  readonly user: string;
  readonly offer: OtherOffer;
}

/** What came back: octets, and whether the connection was there at all. */
interface KnockAnswer {
  readonly octets: Uint8Array;
  readonly isOpened: boolean;
  readonly farEnd: FarEnd;
}

/** Opens when the CRS goes on: with a ServerHello, or with any answer in clear. */
export class Knock implements Attack {
  readonly #stage: AttackStage;
  readonly #options: KnockOptions;

  constructor(stage: AttackStage, options: KnockOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  aim(): AttackAim {
    const { user, offer } = this.#options;
    const isOutside = OFFERS_OF_STRANGERS.includes(offer);
    return {
      attack: `knock ${offer}`,
      route: isOutside ? 'outside' : 'own-account',
      needs: isOutside ? [] : ['psk'],
      asset: `account of ${user} on the CRS`,
      capability: 'be answered outside the one suite',
      victim: user,
      call: null,
    };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    if (arm === 'attempt') this.#knock(held, done);
    else this.#control(arm, done);
  }

  #knock(held: Holdings, done: (outcome: Outcome) => void): void {
    const { user, offer } = this.#options;
    const owner = { number: this.#stage.numberOf(user), period: periodOf(this.#stage.unixMs) };
    const own = missingKeys(held, owner, ['PSK']);
    const psk = pskFor(held, owner.number, owner.period);
    const means = psk === undefined ? [] : [secretOf.psk(psk)];
    const crs = this.#stage.crsOf(user).name;
    this.#send(crs, this.#octetsOf(offer, owner.number), ({ octets, isOpened, farEnd }) => {
      const taken = suiteTaken(octets);
      if (taken !== undefined) return done(opened(`${crs} takes suite ${inHex(taken)}`, { means }));
      if (isInClear(octets)) return done(opened(`${crs} answers in clear`, { means }));
      if (farEnd.isBusy) return done(inconclusive('the CRS takes no more requests for now'));
      const unsaid = (): Outcome =>
        isOpened ? inconclusive('the CRS ended it, and does not say why') : refused('no-path');
      if (OFFERS_OF_STRANGERS.includes(offer)) return done(refusedFor(farEnd.reasons, unsaid));
      if (farEnd.reasons.length === 0 || psk === undefined)
        return done(refusedFor([...farEnd.reasons, ...(farEnd.reasons.length === 0 ? [] : own)], unsaid));
      this.#comeIn(user, psk, (again) => {
        if (again.outcome === 'inconclusive') return done(again);
        const also = again.reason === null ? [] : [again.reason, ...again.missing];
        done(refusedFor([...farEnd.reasons, ...also], unsaid));
      });
    });
  }

  /** With the one suite: opened when somebody is registered as this user. */
  #comeIn(user: string, psk: HeldPsk, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const { name: crs } = stage.crsOf(user);
    login(stage, this.#options, { number: stage.numberOf(user), crs, psk, own: [] }, (answer) => {
      if (!('impostor' in answer)) return done(answer);
      answer.impostor.leave();
      const outcome = opened(`${crs} has registered ${user}`, { means: [secretOf.psk(psk)] });
      // The honest phone has time to come back.
      stage.clock.schedule(5 * SECOND, () => done(outcome));
    });
  }

  /** Positive: the one suite is taken, and a bystander comes in. Negative: the user does not, with another key. */
  #control(arm: 'positive' | 'negative', done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const { user } = this.#options;
    const acting = arm === 'positive' ? bystanderOf(stage, [user]) : user;
    if (acting === undefined) return done(inconclusive(noBystander([user])));
    const [number, period] = [stage.numberOf(acting), periodOf(stage.unixMs)];
    const theirs = stage.truth.holdingsOf(acting, period);
    const psk = pskFor(
      arm === 'positive' ? theirs : { ...theirs, psks: wrongPsks(theirs.psks) },
      number,
      period,
    );
    if (psk === undefined) return done(inconclusive(`${acting} has no PSK`));
    if (arm === 'negative') return this.#comeIn(acting, psk, done);
    const hello = clientHelloOf([suiteOf(this.#one)], this.#options.random.octets(32));
    this.#send(stage.crsOf(acting).name, hello, ({ octets }) =>
      suiteTaken(octets) === suiteOf(this.#one)
        ? this.#comeIn(acting, psk, done)
        : done(inconclusive(NOT_ONE_SUITE)),
    );
  }

  get #one(): KeyExchange {
    return this.#stage.deployment['tls-key-exchange'];
  }

  #octetsOf(offer: OtherOffer, number: TelNumber): Uint8Array {
    const { random } = this.#options;
    switch (offer) {
      case 'plaintext':
        return this.#registerInClear(number);
      case 'http':
      case 'ssh':
        return fromAscii(OTHER_PROTOCOLS[offer]);
      default:
        return clientHelloOf(otherSuites(offer, this.#one), random.octets(32));
    }
  }

  #registerInClear(number: TelNumber): Uint8Array {
    const { random } = this.#options;
    const host = `${number.slice(1)}.invalid`;
    const self = addressOf(telUri(number));
    const request = requestOf({
      method: 'REGISTER',
      uri: parseUri('sip:crs'),
      from: withTag(self, newTag(random)),
      to: self,
      callId: newCallId(random, host),
      sequence: 1,
      sentBy: { host, port: SIPS_PORT },
      branch: newBranch(random),
      contact: addressOf(parseUri(`sip:${host}:${SIPS_PORT}`)),
      headers: [['Expires', '3600']],
    });
    return serialise(request);
  }

  /** Sends the octets over a connection of their own; `done` gets what came back until it was enough, or over. */
  #send(crs: string, octets: Uint8Array, done: (answer: KnockAnswer) => void): void {
    const stage = this.#stage;
    const place = this.#options.host();
    const farEnd = new FarEnd([place]);
    const stop = stage.trace.listen((event) => farEnd.take(event));
    const attachment = stage.attach(place);
    let [received, isOpened] = [new Uint8Array(0), false];
    const over = (): void => {
      attachment.detach();
      stage.clock.schedule(SECOND, () => {
        stop();
        done({ octets: received, isOpened, farEnd });
      });
    };
    const enough = inconclusive('it is over');
    const race = firstOf(stage, ANSWER_LIMIT, () => enough, over);
    const stream = attachment.connect(
      { host: crs, port: SIPS_PORT },
      {
        onOpen: () => {
          isOpened = true;
          stream.write(octets);
        },
        onData: (more) => {
          received = concat(received, more);
          if (suiteTaken(received) !== undefined || isInClear(received)) race.finish(enough);
        },
        onClose: () => race.finish(enough),
      },
    );
  }
}

/** Whether it is an answer in words: nothing of TLS begins with a letter. */
function isInClear(octets: Uint8Array): boolean {
  return /^[A-Za-z]/.test(toAscii(octets.subarray(0, 1)));
}

function inHex(suite: number): string {
  return `0x${suite.toString(16).padStart(4, '0').toUpperCase()}`;
}
