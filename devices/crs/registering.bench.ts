/**
 * What a handset costs a server when it comes in and when it renews, among few others and among many. The network is left out: only
 * what the server itself does may grow with the number of its users, and it must not.
 */
import { SECOND } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import { fromAscii } from '../../sim/octets.ts';
import type { Address } from '../../network/fabric.ts';
import { canonicalNumber, parsePeriod, type TelNumber } from '../../network/mikey/index.ts';
import { DeadEnd, LoneWorld } from '../dead-end.fixture.ts';
import { Crs } from './crs.ts';

/** Milliseconds for each handset, among few and among many. */
export interface RegisteringBench {
  readonly registerFewMs: number;
  readonly registerManyMs: number;
  /** The second over the first: 1 where registering everybody is linear. */
  readonly registerGrowth: number;
  readonly renewalManyMs: number;
}

/** How many handsets are few, and how many are many. */
export interface RegisteringBenchOptions {
  readonly few?: number;
  readonly many?: number;
}

const MONTH = parsePeriod('2015-10');
/** As many handsets are registered among few as among many, on servers of their own. */
const HANDSETS = 2_000;

/** `now` tells milliseconds, of the processor where it can. */
export function benchRegistering(
  now: () => number,
  { few = 100, many = 2_000 }: RegisteringBenchOptions = {},
): RegisteringBench {
  // The first is for warming up.
  for (let n = 0; n < HANDSETS; n += few) new Hall(few).everybodyRegisters();
  let fewMs = 0;
  for (let n = 0; n < HANDSETS; n += few) {
    const hall = new Hall(few);
    const begun = now();
    hall.everybodyRegisters();
    fewMs += (now() - begun) / HANDSETS;
  }
  const hall = new Hall(many);
  const begun = now();
  hall.everybodyRegisters();
  const manyMs = (now() - begun) / many;
  const renewing = now();
  hall.everybodyRenews();
  return {
    registerFewMs: fewMs,
    registerManyMs: manyMs,
    registerGrowth: manyMs / fewMs,
    renewalManyMs: (now() - renewing) / many,
  };
}

/** A server with so many users, each with a phone that has not come yet. */
class Hall {
  readonly #world = new LoneWorld();
  readonly #end = new DeadEnd('crs');
  readonly #crs: Crs;
  readonly #numbers: readonly TelNumber[];

  constructor(count: number) {
    this.#numbers = Array.from({ length: count }, (_, n) =>
      canonicalNumber(`+4477009${String(n).padStart(5, '0')}`),
    );
    this.#crs = new Crs(this.#world.ports, {
      name: 'crs',
      attachment: this.#end,
      nameOf: (number) => number,
    });
    this.#crs.accounts.create('hq');
    this.#crs.accounts.load(
      'hq',
      'a CMS',
      MONTH,
      this.#numbers.map((number) => ({
        number,
        psk: { identity: number, psk: new Uint8Array(32) },
        package: new Uint8Array(1),
      })),
    );
  }

  everybodyRegisters(): void {
    for (const number of this.#numbers) {
      this.#end.enter(addressOf(number), number);
      this.#register(number, 1);
    }
    assert(this.#crs.registered.length === this.#numbers.length, 'everybody is registered');
  }

  everybodyRenews(): void {
    this.#world.run(SECOND);
    for (const number of this.#numbers) this.#register(number, 2);
    const { log } = this.#crs;
    assert(
      log.entries.every(({ count }) => count <= 2),
      'everybody has come once and renewed once',
    );
  }

  #register(number: TelNumber, sequence: number): void {
    const lines = [
      'REGISTER sip:crs SIP/2.0',
      `Via: SIP/2.0/TLS x:1;branch=z9hG4bK${sequence}`,
      'Max-Forwards: 70',
      `From: <tel:${number}>;tag=1`,
      `To: <tel:${number}>`,
      'Call-ID: c',
      `CSeq: ${sequence} REGISTER`,
      'Contact: <sip:x:1>',
      'Content-Length: 0',
    ];
    this.#end.say(addressOf(number), fromAscii(`${lines.join('\r\n')}\r\n\r\n`));
  }
}

function addressOf(number: TelNumber): Address {
  return { host: `phone-${number.slice(-5)}`, port: 49_152 };
}
