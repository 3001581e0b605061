/**
 * Searching the relay: does anything on the CRS, at any offset, open the media that it relays? Every window of 16 octets of
 * its disk and memory, and every run of 32 hexadecimal digits, is tried as the SSV of the call, whose I_MESSAGE it has in
 * clear (clause para-12).
 */
import { SECOND } from '../../../sim/clock.ts';
import { BoundedMemo } from '../../../sim/bounded-memo.ts';
import { concat, fromAscii, fromHex, toAscii } from '../../../sim/octets.ts';
import { SeededRandom } from '../../../sim/random.ts';
import { parseMessage } from '../../../network/mikey/index.ts';
import { decryptCapture, type SrtpProfile } from '../../../network/rtp/index.ts';
import { csbText } from '../../handset/index.ts';
import { readDiskImage } from '../../hardware/index.ts';
import { opened, refused, refusedFor, type Arm, type Attack, type Outcome } from '../attack.ts';
import { offersOnCrs, sessionsOf } from '../crs-image.ts';
import type { Holdings } from '../holdings.ts';
import type { AttackAim } from '../path.ts';
import type { Recorder } from '../recorder.ts';
import type { CallFacts, AttackStage } from '../stage.ts';

const SSV_OCTETS = 16;

/** Opens when some 16 octets, or 32 hexadecimal digits, on the CRS are the SSV of the call: then a packet of it decrypts. */
export class SearchRelay implements Attack {
  readonly #stage: AttackStage;
  readonly #recorder: Recorder;
  readonly #call: CallFacts;

  /** Errors: ATTACK_NO_CALL. */
  constructor(stage: AttackStage, recorder: Recorder, call: string) {
    this.#stage = stage;
    this.#recorder = recorder;
    this.#call = stage.call(call);
  }

  aim(): AttackAim {
    return {
      attack: 'search-relay',
      route: 'crs',
      needs: ['media'],
      asset: 'content of relayed calls',
      capability: 'hear',
      victim: null,
      call: this.#call.name,
    };
  }

  try(arm: Arm, _held: Holdings, done: (outcome: Outcome) => void): void {
    const crs = this.#stage.crsOf(this.#stage.nameOf(this.#call.from));
    const image = crs.extract();
    const iMessage = offersOnCrs(image).find(
      (octets) => csbText(parseMessage(octets).header.csbId) === this.#call.csb,
    );
    const captured = this.#recorder.media(this.#call.began, this.#call.ended + SECOND)[0];
    if (iMessage === undefined || captured === undefined)
      return done(
        refusedFor(
          [
            ...(captured === undefined ? (['no-media'] as const) : []),
            ...(iMessage === undefined ? (['no-signalling'] as const) : []),
          ],
          () => refused('no-ssv'),
        ),
      );
    const haystack = this.#haystack(arm, image);
    const profile = this.#stage.deployment['srtp-profile'];
    const at = foundIn(haystack, { iMessage, packet: captured.packet.octets, profile });
    if (at === undefined)
      done(refused('no-ssv', { detail: `none of ${haystack.length} octets on ${crs.name}` }));
    else done(opened(`the octets at ${at} are the SSV of the call`, { sources: [crs.name, captured.link] }));
  }

  #haystack(arm: Arm, image: Uint8Array): Uint8Array {
    const { live, remnants } = readDiskImage(image);
    const content = concat(
      ...[...live.values()].map(({ value }) => value),
      ...remnants.map(({ value }) => value),
    );
    switch (arm) {
      case 'attempt':
        return content;
      case 'positive': {
        const at = Math.floor(content.length / 2);
        return concat(content.subarray(0, at), this.#stage.ssvOf(this.#call.csb), content.subarray(at));
      }
      case 'negative':
        return new SeededRandom(this.#call.csb).stream('noise').octets(content.length);
    }
  }
}

/** Packets of which it is remembered what was tried on them in vain */
const PACKETS_MAX = 8;
/** What was tried in vain on a packet, and is remembered */
const TRIED_MAX = 65_536;

/**
 * What was tried in vain: 16 octets each, by the packet that they should open and what leads from them to its keys. The disk of a server is
 * nearly the same in the next variant, and half of what the positive control looks through is what the attempt has looked through. It is a cache and no
 * state: only a try that was made fills it.
 */
const tried = new BoundedMemo<Set<string>>(PACKETS_MAX);

/** What is searched for: the SSV that makes the keys of a packet, with what the I_MESSAGE says. */
interface Sought {
  readonly iMessage: Uint8Array;
  readonly packet: Uint8Array;
  readonly profile: SrtpProfile;
}

/** Where the SSV of the call begins; undefined when it is not there. */
function foundIn(haystack: Uint8Array, { iMessage, packet, profile }: Sought): number | undefined {
  const message = parseMessage(iMessage);
  const inVain = tried.recall([iMessage, packet, fromAscii(profile)], () => new Set());
  for (const { at, ssv } of candidatesIn(haystack)) {
    const name = toAscii(ssv);
    if (inVain.has(name)) continue;
    for (const { tek, salt } of sessionsOf(message, ssv)) {
      const { opened: clear } = decryptCapture([packet], { masterKey: tek, masterSalt: salt, profile });
      if (clear.length > 0) return at;
    }
    if (inVain.size < TRIED_MAX) inVain.add(name);
  }
  return undefined;
}

function* candidatesIn(haystack: Uint8Array): Generator<{ readonly at: number; readonly ssv: Uint8Array }> {
  for (const match of toAscii(haystack).matchAll(/[0-9a-fA-F]{32}/g)) {
    const ssv = fromHex(match[0]);
    if (ssv !== undefined) yield { at: match.index, ssv };
  }
  for (let at = 0; at + SSV_OCTETS <= haystack.length; at++)
    yield { at, ssv: haystack.subarray(at, at + SSV_OCTETS) };
}
