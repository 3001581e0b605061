/**
 * A call that is known to come about, or not: two phones that the CRS lets in call each other, the one that places it signing with the right
 * key or with a wrong one. It is the control of attempts that are calls of phones as they are.
 */
import { SECOND, type Micros } from '../../sim/clock.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import { periodOf } from '../../network/mikey/index.ts';
import type { Handset } from '../handset/index.ts';
import { admitted, type Admitter } from './admitted.ts';
import {
  ATTEMPT_LIMIT,
  hangUp,
  inconclusive,
  opened,
  refused,
  refusedFor,
  witnessed,
  type Outcome,
  type Race,
} from './attack.ts';
import { bystanderOf, noBystander } from './bystander.ts';
import { FarEnd } from './far-end.ts';
import type { Holdings } from './holdings.ts';
import { measureSpeech } from './speech-meter.ts';
import type { AttackStage } from './stage.ts';

const TALK: Micros = 5 * SECOND;

/** Between whom a call is, for which it is a control. */
export interface KnownCallOptions extends Admitter {
  readonly user: string;
  readonly peer: string;
  readonly key: 'right' | 'wrong';
}

/** A bystander calls the peer. Opens when both phones say that it is secure and speech comes to each. */
export function placeKnownCall(
  stage: AttackStage,
  options: KnownCallOptions,
  done: (outcome: Outcome) => void,
): void {
  const { user, peer, key } = options;
  const acting = bystanderOf(stage, [user, peer]);
  if (acting === undefined) return done(inconclusive(noBystander([user, peer])));
  const period = periodOf(stage.unixMs);
  const right = stage.truth.holdingsOf(acting, period);
  const made = admitted(stage, options, [
    { user: acting, keys: key === 'right' ? right : withWrongSsk(right) },
    { user: peer, keys: stage.truth.holdingsOf(peer, period) },
  ]);
  const [caller, callee] = made?.phones ?? [];
  if (made === undefined || caller === undefined || callee === undefined)
    return done(inconclusive(`there are no keys of ${acting} and ${peer} for two phones`));
  const call = new KnownCall(stage, caller, callee);
  witnessed(
    stage,
    ATTEMPT_LIMIT,
    (event, race) => call.take(event, race),
    () => call.late(),
    (outcome) => {
      hangUp(caller);
      stage.clock.schedule(5 * SECOND, () => {
        made.end();
        done(outcome);
      });
    },
  );
}

/** How far the call has come. */
class KnownCall {
  readonly #stage: AttackStage;
  readonly #caller: Handset;
  readonly #callee: Handset;
  readonly #farEnd = new FarEnd();
  readonly #registered = new Set<string>();
  readonly #secure = new Set<string>();

  constructor(stage: AttackStage, caller: Handset, callee: Handset) {
    this.#stage = stage;
    this.#caller = caller;
    this.#callee = callee;
    this.#farEnd.from(caller.name);
    this.#farEnd.from(callee.name);
  }

  take(event: AnyTraceEvent, race: Race): void {
    const [caller, callee] = [this.#caller, this.#callee];
    const isRefusal = this.#farEnd.take(event);
    if (isRefusal) return race.finish(refusedFor(this.#farEnd.reasons, () => inconclusive(event.type)));
    if (event.on !== caller.name && event.on !== callee.name) return;
    const { clock } = this.#stage;
    switch (event.type) {
      case 'handset.registered':
        this.#registered.add(event.on);
        if (this.#registered.size === 2) clock.schedule(SECOND, () => this.#dial());
        return;
      case 'handset.call-placed':
        return this.#farEnd.call(event.data.csb);
      case 'handset.ringing':
        clock.schedule(SECOND, () => callee.line === 'ringing' && callee.answer());
        return;
      case 'handset.call-secure':
        if (!this.#farEnd.isOf(event.data.csb)) return;
        this.#secure.add(event.on);
        if (this.#secure.size === 2) this.#listen(race);
        return;
      default:
        return;
    }
  }

  late(): Outcome {
    return refusedFor(this.#farEnd.reasons, () => refused('no-path'));
  }

  #dial(): void {
    const { number } = this.#callee;
    if (number !== undefined && this.#caller.line === 'idle') this.#caller.dial(number, undefined);
  }

  #listen(race: Race): void {
    measureSpeech(this.#stage, [this.#caller.name, this.#callee.name], TALK, ({ goesOn }) =>
      race.finish(
        goesOn ? opened('both say that it is secure, and hear each other', {}) : refused('no-path'),
      ),
    );
  }
}

function withWrongSsk(holdings: Holdings): Holdings {
  const userKeys = holdings.userKeys.map((keys) => ({ ...keys, ssk: keys.ssk.map((octet) => octet ^ 0x01) }));
  return { ...holdings, userKeys };
}
