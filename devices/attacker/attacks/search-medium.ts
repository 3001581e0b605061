/**
 * Searching a medium for what is left of keys that were to be gone: wiped, replaced, deleted, cut up, thrown away. A key that is found counts only when it
 * opens something then: a recorded call, recorded signalling, a package that is held or was found too, or the CRS.
 */
import { SECOND } from '../../../sim/clock.ts';
import { periodOf, type TelNumber } from '../../../network/mikey/index.ts';
import { isDiskImage } from '../../hardware/index.ts';
import { SIPS_PORT } from '../../signalling/packages.ts';
import type { Reason } from '../../reason.ts';
import { inconclusive, opened, refused, refusedFor, type Arm, type Attack, type Outcome } from '../attack.ts';
import { bystanderOf, noBystander } from '../bystander.ts';
import { NOTHING, secretOf, type HeldPsk, type Holdings } from '../holdings.ts';
import { login, type Presenter } from '../login.ts';
import { controlMedium } from '../medium-control.ts';
import { countOf, findsOn, type MediumFinds, type MediumInHand } from '../medium-finds.ts';
import { openPackage } from '../open-package.ts';
import type { AttackAim } from '../path.ts';
import type { Recorder } from '../recorder.ts';
import type { AttackStage } from '../stage.ts';
import { DecryptCall } from './decrypt-call.ts';
import { OpenEscrow } from './escrow.ts';

/** Which medium, and who has it in hand. */
export interface SearchMediumOptions extends Presenter {
  readonly medium: string;
  readonly holder: string;
}

/** Opens when a remnant opens anything. It is tried on recordings first, and on the CRS last. */
export class SearchMedium implements Attack {
  readonly #stage: AttackStage;
  readonly #recorder: Recorder;
  readonly #options: SearchMediumOptions;

  constructor(stage: AttackStage, recorder: Recorder, options: SearchMediumOptions) {
    this.#stage = stage;
    this.#recorder = recorder;
    this.#options = options;
  }

  aim(): AttackAim {
    const { medium } = this.#options;
    return {
      attack: 'search-medium',
      route: 'physical',
      needs: ['medium'],
      asset: `keys on ${medium}`,
      capability: 'recover',
      victim: this.#stage.phoneNamed(medium)?.user ?? null,
      call: null,
    };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const medium = this.#inHand;
    if (arm !== 'attempt') return this.#control(arm, medium?.kind ?? 'nothing', done);
    if (medium === undefined) return done(inconclusive(`${this.#options.holder} does not have it`));
    this.#search(findsOn(medium, this.#stage.readQr), held, done);
  }

  /** What is in hand now; undefined when there is nothing, and nothing was destroyed either. */
  get #inHand(): MediumInHand | undefined {
    const { holder, medium } = this.#options;
    const stage = this.#stage;
    if (cameTooLate(stage, holder, medium)) return { kind: 'nothing' };
    const [seen, image] = [stage.lookAt(holder, medium), stage.storageInHand(holder, medium)];
    if (seen?.destroyed === true) return { kind: 'nothing' };
    if (image !== undefined) return { kind: 'phone', image };
    if (seen?.pieces !== undefined) return { kind: 'paper', pieces: seen.pieces };
    if (seen?.picture !== undefined) return { kind: 'paper', pieces: [seen.picture] };
    if (seen?.octets === undefined) return undefined;
    const { octets } = seen;
    return isDiskImage(octets) ? { kind: 'disk', image: octets } : { kind: 'disc', octets };
  }

  /** A medium of the kind with a bystander's keys, badly treated or well: from the one they must be found, and let the bystander in. */
  #control(arm: 'positive' | 'negative', kind: MediumInHand['kind'], done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const concerned = this.aim().victim;
    const acting = bystanderOf(stage, concerned === null ? [] : [concerned]);
    if (acting === undefined) return done(inconclusive(noBystander(concerned === null ? [] : [concerned])));
    const { kms, userKeys, psks, updateKeys } = stage.truth.holdingsOf(acting, periodOf(stage.unixMs));
    const [keys, psk, updateKey] = [userKeys[0], psks.at(-1), updateKeys.at(-1)];
    if (keys === undefined || psk === undefined || updateKey === undefined || kms === undefined)
      return done(inconclusive(`there are no keys of ${acting}`));
    const crs = { host: stage.crsOf(acting).name, port: SIPS_PORT };
    const theirs = { crs, psk, updateKey: updateKey.key, kms, keys };
    const medium = controlMedium(kind, theirs, arm === 'negative', this.#options.random);
    this.#search(findsOn(medium, stage.readQr), NOTHING, done);
  }

  #search({ found, gone }: MediumFinds, held: Holdings, done: (outcome: Outcome) => void): void {
    const count = countOf(found);
    if (count === 0)
      return done(
        gone === undefined ? inconclusive('nothing was ever deleted or replaced on it') : refused(gone),
      );
    const onRecords = this.#onRecordings(found) ?? onPackages(found, held);
    if (onRecords !== undefined) return done(onRecords);
    this.#onCrs(found.psks, [], (answer) =>
      done(
        'outcome' in answer
          ? answer
          : refusedFor(answer, () => refused('no-psk', { detail: `${count} keys open nothing` })),
      ),
    );
  }

  /** A call or a session that its taps have, with nothing but the remnants. */
  #onRecordings(found: Holdings): Outcome | undefined {
    for (const event of this.#stage.trace.events) {
      if (event.type !== 'handset.call-placed') continue;
      const { call } = event.data;
      for (const attack of [
        new DecryptCall(this.#stage, this.#recorder, { call }),
        ...this.#escrows(call, found),
      ]) {
        const outcome = triedAtOnce(attack, found);
        if (outcome?.outcome === 'opened') return outcome;
      }
    }
    const [session] = this.#recorder.sessions(found.psks);
    if (session === undefined) return undefined;
    return opened(`a PSK that was left opens a recorded session of ${session.client}`, {
      means: [secretOf.psk(session.psk)],
      sources: this.#recorder.linksOf((host) => host === session.client),
    });
  }

  /** With a master secret the key of anybody is made. */
  #escrows(call: string, { masters }: Holdings): readonly Attack[] {
    return masters.length === 0
      ? []
      : [new OpenEscrow(this.#stage, this.#recorder, { call, crsHelps: false })];
  }

  /** Comes in with one PSK after the other; `done` gets the success, or why none is taken. */
  #onCrs(
    [psk, ...others]: readonly HeldPsk[],
    refusals: readonly Reason[],
    done: (answer: Outcome | readonly Reason[]) => void,
  ): void {
    if (psk === undefined) return done(refusals);
    const stage = this.#stage;
    const number = psk.number ?? this.#owner;
    if (number === undefined) return this.#onCrs(others, refusals, done);
    const crs = stage.crsOf(stage.nameOf(number)).name;
    login(stage, this.#options, { number, crs, psk, own: [] }, (answer) => {
      if (!('impostor' in answer)) {
        if (answer.outcome === 'inconclusive') return done(answer);
        const also = answer.reason === null ? [] : [answer.reason, ...answer.missing];
        return this.#onCrs(others, [...refusals, ...also], done);
      }
      answer.impostor.leave();
      const outcome = opened(`a PSK that was left lets ${stage.nameOf(number)} in at ${crs}`, {
        means: [secretOf.psk(psk)],
      });
      stage.clock.schedule(5 * SECOND, () => done(outcome));
    });
  }

  /** A PSK that stands alone on a chip is of whoever had the phone. */
  get #owner(): TelNumber | undefined {
    const owner = this.#stage.phoneNamed(this.#options.medium)?.user;
    return owner === undefined ? undefined : this.#stage.numberOf(owner);
  }
}

/** What comes of a recording, which is tried at once. */
function triedAtOnce(attack: Attack, found: Holdings): Outcome | undefined {
  const outcomes: Outcome[] = [];
  attack.try('attempt', found, (each) => outcomes.push(each));
  return outcomes[0];
}

/** Whether somebody came for a thing when it had been destroyed. */
export function cameTooLate({ trace }: AttackStage, holder: string, thing: string): boolean {
  return trace.events.some(
    ({ type, on, data }) => type === 'person.came-too-late' && on === holder && data.thing === thing,
  );
}

/** A package that is held, under an update key that was left. */
function onPackages({ updateKeys, packages: found }: Holdings, { packages }: Holdings): Outcome | undefined {
  for (const octets of [...packages, ...found]) {
    const content = openPackage(octets, updateKeys);
    if (content?.updateKey === undefined) continue;
    return opened('an update key that was left opens a package that is held', {
      means: [secretOf.updateKey(content.updateKey)],
    });
  }
  return undefined;
}
