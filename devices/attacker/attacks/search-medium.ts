/**
 * Searching a medium for what is left of keys that were to be gone: wiped, replaced, deleted. A key that is found counts only when it opens
 * something then: a recorded call, recorded signalling, a package that is held, or the CRS. What the device itself still uses is not
 * searched for: whoever has that needs no remnants.
 */
import { SECOND } from '../../../sim/clock.ts';
import { periodOf, type TelNumber } from '../../../network/mikey/index.ts';
import { PhoneStorage, readPhoneImage } from '../../media/index.ts';
import { Flash } from '../../hardware/index.ts';
import { SIPS_PORT } from '../../signalling/packages.ts';
import type { Reason } from '../../reason.ts';
import { inconclusive, opened, refused, refusedFor, type Arm, type Attack, type Outcome } from '../attack.ts';
import { bystanderOf, noBystander } from '../bystander.ts';
import { NOTHING, secretOf, type HeldPsk, type Holdings } from '../holdings.ts';
import { login, type Presenter } from '../login.ts';
import { openPackage } from '../open-package.ts';
import type { AttackAim } from '../path.ts';
import type { Recorder } from '../recorder.ts';
import type { AttackStage } from '../stage.ts';
import { DecryptCall } from './decrypt-call.ts';

/** Which medium, and who has it in hand. */
export interface SearchMediumOptions extends Presenter {
  readonly medium: string;
  readonly holder: string;
}

/** What a chip gives beside what its device still finds. */
interface Remnants {
  readonly found: Holdings;
  /** Records of which only that they were can be told. */
  readonly unreadable: number;
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
    if (arm !== 'attempt') return this.#control(arm, done);
    const { holder, medium } = this.#options;
    const image = this.#stage.storageInHand(holder, medium);
    if (image === undefined) return done(inconclusive(`${holder} does not have ${medium}`));
    this.#search(remnantsOn(image), held, done);
  }

  /** A chip with a bystander's keys, which were deleted, or erased: what was deleted must be found, and let the bystander in. */
  #control(arm: 'positive' | 'negative', done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const concerned = this.aim().victim;
    const acting = bystanderOf(stage, concerned === null ? [] : [concerned]);
    if (acting === undefined) return done(inconclusive(noBystander(concerned === null ? [] : [concerned])));
    const { kms, userKeys, psks, updateKeys } = stage.truth.holdingsOf(acting, periodOf(stage.unixMs));
    const [keys, psk, updateKey] = [userKeys[0], psks.at(-1), updateKeys.at(-1)];
    if (keys === undefined || psk === undefined || updateKey === undefined || kms === undefined)
      return done(inconclusive(`there are no keys of ${acting}`));
    const flash = new Flash(this.#options.random);
    const crs = { host: stage.crsOf(acting).name, port: SIPS_PORT };
    new PhoneStorage(flash, 'unlinked').enrol({ crs, psk, updateKey: updateKey.key, kms, keys });
    if (arm === 'negative') flash.wipe();
    else for (const name of flash.names()) flash.delete(name);
    this.#search(remnantsOn(flash.image()), NOTHING, done);
  }

  #search({ found, unreadable }: Remnants, held: Holdings, done: (outcome: Outcome) => void): void {
    const { psks, userKeys, updateKeys, ssvs } = found;
    const count = psks.length + userKeys.length + updateKeys.length + ssvs.length;
    if (count === 0)
      return done(
        unreadable > 0 ? refused('erased') : inconclusive('nothing was ever deleted or replaced on it'),
      );
    const onRecords = this.#onRecordings(found) ?? onPackages(found, held);
    if (onRecords !== undefined) return done(onRecords);
    this.#onCrs(psks, [], (answer) =>
      done(
        'outcome' in answer
          ? answer
          : refusedFor(answer, () => refused('no-psk', { detail: `${count} remnants open nothing` })),
      ),
    );
  }

  /** A call or a session that its taps have, with nothing but the remnants. */
  #onRecordings(found: Holdings): Outcome | undefined {
    for (const event of this.#stage.trace.events) {
      if (event.type !== 'handset.call-placed') continue;
      const outcome = this.#decrypted(event.data.call, found);
      if (outcome?.outcome === 'opened') return outcome;
    }
    const [session] = this.#recorder.sessions(found.psks);
    if (session === undefined) return undefined;
    return opened(`a PSK that was left opens a recorded session of ${session.client}`, {
      means: [secretOf.psk(session.psk)],
      sources: this.#recorder.linksOf((host) => host === session.client),
    });
  }

  #decrypted(call: string, found: Holdings): Outcome | undefined {
    const outcomes: Outcome[] = [];
    new DecryptCall(this.#stage, this.#recorder, { call }).try('attempt', found, (each) =>
      outcomes.push(each),
    );
    return outcomes[0];
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

/** Keys that the device itself does not find any more. */
function remnantsOn(image: Uint8Array): Remnants {
  const finds = readPhoneImage(image);
  const left = <Value>(all: readonly { readonly value: Value; readonly remnant: boolean }[]): Value[] =>
    all.filter(({ remnant }) => remnant).map(({ value }) => value);
  const number = finds.settings.at(-1)?.value.number ?? finds.userKeys.at(-1)?.value.number;
  return {
    found: {
      ...NOTHING,
      psks: left(finds.psks).map(({ identity, psk }) => ({ identity, psk, number })),
      userKeys: left(finds.userKeys),
      updateKeys: left(finds.updateKeys).map((key) => ({ key, number })),
      kms: finds.kms.at(-1)?.value,
      ssvs: left(finds.calls).flatMap(({ ssv }) => ssv ?? []),
    },
    unreadable: finds.unreadable,
  };
}

/** A package that is held, under an update key that was left. */
function onPackages({ updateKeys }: Holdings, { packages }: Holdings): Outcome | undefined {
  for (const octets of packages) {
    const found = openPackage(octets, updateKeys);
    if (found?.updateKey === undefined) continue;
    return opened('an update key that was left opens a package that is held', {
      means: [secretOf.updateKey(found.updateKey)],
    });
  }
  return undefined;
}
