/**
 * Stripping an offer on a CRS: the key management is taken out of a passing call, as if the caller wanted none. A phone must not ring for
 * what is left (para-4; RFC 4567 section 7: no downgrade).
 */
import { fromAscii, toAscii } from '../../../sim/octets.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { formatSdp, offerOf, parseOffer, parseSdp, ssrcOf } from '../../../network/sip/index.ts';
import { inconclusive, opened, refused, type Arm, type Attack, type Outcome, type Race } from '../attack.ts';
import type { Holdings } from '../holdings.ts';
import type { AttackAim } from '../path.ts';
import type { AttackStage } from '../stage.ts';
import { passTampered } from '../tampered-call.ts';

/** Opens when the callee's phone rings for a call without key management. */
export class StripOffer implements Attack {
  readonly #stage: AttackStage;
  readonly #caller: string;
  readonly #callee: string;

  constructor(stage: AttackStage, caller: string, callee: string) {
    this.#stage = stage;
    this.#caller = caller;
    this.#callee = callee;
  }

  aim(): AttackAim {
    return {
      attack: 'substitute strip',
      route: 'crs',
      needs: [],
      asset: `protection of calls ${this.#caller} to ${this.#callee}`,
      capability: 'take off',
      victim: this.#caller,
      call: null,
    };
  }

  try(arm: Arm, _held: Holdings, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const [caller, callee] = [this.#caller, this.#callee];
    const phone = stage.handsetOf(callee);
    if (phone === undefined) return done(inconclusive(`${callee} has no phone with keys`));
    const crs = stage.crsOf(caller);
    let hasPassed = false;
    crs.tamper = ({ to, body }) => {
      if (stage.nameOf(to) !== callee) return body;
      hasPassed = true;
      return TAMPERING[arm](body);
    };
    const watch = (event: AnyTraceEvent, race: Race): void => {
      if (!hasPassed || event.on !== phone.name) return;
      if (event.type === 'handset.ringing' && event.data.header === caller)
        race.finish(opened(`${callee}'s phone rings for a call of ${caller}`, { sources: [crs.name] }));
      else if (event.type === 'mikey.refused' && event.data.claimed === caller) {
        const { reason, code } = event.data;
        race.finish(
          reason === null
            ? inconclusive(`it was refused for another reason: ${code}`)
            : refused(reason, { detail: code }),
        );
      }
    };
    passTampered(stage, { caller, callee }, watch, done);
  }
}

/** Controls: what nobody touched must ring, and an I_MESSAGE with a signature of nobody must not. */
const TAMPERING: Readonly<Record<Arm, (body: Uint8Array) => Uint8Array>> = {
  attempt: withoutKeyManagement,
  positive: (body) => body,
  negative: withBadSignature,
};

function withoutKeyManagement(body: Uint8Array): Uint8Array {
  const lines = toAscii(body).split('\r\n');
  return fromAscii(lines.filter((line) => !line.startsWith('a=key-mgmt:')).join('\r\n'));
}

function withBadSignature(body: Uint8Array): Uint8Array {
  const { description, mikey } = parseOffer(body);
  const parts = {
    host: description.host,
    port: description.port,
    sessionId: description.origin.sessionId,
    ssrc: ssrcOf(parseSdp(body)) ?? 1,
    cname: 'cname',
    ptimeMs: 20,
  };
  const last = mikey.length - 1;
  return formatSdp(offerOf(parts, mikey.with(last, (mikey[last] ?? 0) ^ 1)));
}
