/**
 * Registering as a user: TLS with a PSK finishes, and the REGISTER that is offered is answered 200. Nothing is called and nothing is taken;
 * it shows whom the CRS lets in, by itself. Who lacks the PSK tries the identity that a tap saw with a key that everybody tries first.
 */
import { phoneAt } from '../address.ts';
import { SECOND } from '../../../sim/clock.ts';
import { periodOf } from '../../../network/mikey/index.ts';
import { opened, refused, refusedFor, inconclusive, type Arm, type Attack, type Outcome } from '../attack.ts';
import { heldInArm } from '../arm-holdings.ts';
import { bystanderOf, noBystander } from '../bystander.ts';
import { obviousPsk, pskFor, secretOf, type HeldPsk, type Holdings } from '../holdings.ts';
import { login, type Presenter } from '../login.ts';
import { missingKeys } from '../obstacles.ts';
import type { AttackAim } from '../path.ts';
import type { Recorder } from '../recorder.ts';
import type { AttackStage } from '../stage.ts';

/** In place of the 16 hexadecimal digits that a CMS draws: no CMS ever has it. */
const NOBODYS = 'never-seen';

/** As whom, and whether with an identity that nobody has in place of that of the PSK. */
export interface RegisterAsOptions extends Presenter {
  readonly user: string;
  readonly unknown: boolean;
}

/** Opens when the CRS has the attacker's place registered as the user. It leaves at once. */
export class RegisterAs implements Attack {
  readonly #stage: AttackStage;
  readonly #recorder: Recorder;
  readonly #options: RegisterAsOptions;

  constructor(stage: AttackStage, recorder: Recorder, options: RegisterAsOptions) {
    this.#stage = stage;
    this.#recorder = recorder;
    this.#options = options;
  }

  aim(): AttackAim {
    const { user, unknown } = this.#options;
    return {
      attack: unknown ? 'register-as --unknown' : 'register-as',
      route: unknown ? 'outside' : 'own-account',
      needs: ['psk'],
      asset: `account of ${user} on the CRS`,
      capability: 'be present',
      victim: user,
      call: null,
    };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const { user } = this.#options;
    const acting = arm === 'positive' ? bystanderOf(stage, [user]) : user;
    if (acting === undefined) return done(inconclusive(noBystander([user])));
    const owner = { number: stage.numberOf(acting), period: periodOf(stage.unixMs) };
    const theirs = stage.truth.holdingsOf(acting, owner.period);
    const source = heldInArm(arm, held, theirs);
    const own = missingKeys(source, owner, ['PSK']);
    const psk = arm === 'attempt' ? this.#triedWith(held) : pskFor(source, owner.number, owner.period);
    if (psk === undefined) return done(refusedFor(own, () => refused('no-psk')));
    const crs = stage.crsOf(acting);
    // Nobody of the account may be left on the server: the positive control is then let in all the same. And whoever is let in by every key
    // may still not reach the port: it comes from behind a firewall.
    const inside = arm === 'positive';
    if (inside && crs.accounts.credential(psk.identity) === undefined)
      crs.letIn = (identity) => (identity === psk.identity ? { ...psk, ...owner } : undefined);
    const end = (outcome: Outcome): void => {
      if (inside) crs.letIn = undefined;
      done(outcome);
    };
    login(stage, this.#options, { number: owner.number, crs: crs.name, psk, own, inside }, (answer) => {
      if (!('impostor' in answer)) return end(answer);
      answer.impostor.leave();
      const outcome = opened(`${crs.name} has registered ${acting}`, { means: [secretOf.psk(psk)] });
      // The honest phone has time to come back.
      stage.clock.schedule(5 * SECOND, () => end(outcome));
    });
  }

  /** The user's PSK that is held, or else the identity that was seen, with the key of somebody else or of nobody. */
  #triedWith(held: Holdings): HeldPsk | undefined {
    const { user, unknown } = this.#options;
    const period = periodOf(this.#stage.unixMs);
    const own = pskFor(held, this.#stage.numberOf(user), period);
    const strange = `${NOBODYS}.${period}`;
    if (unknown) return { ...(own ?? obviousPsk(strange)), identity: strange };
    if (own !== undefined) return own;
    const isTheirs = (host: string): boolean => this.#stage.phoneNamed(phoneAt(host))?.user === user;
    const seen = this.#recorder.identities(isTheirs).at(-1);
    return seen === undefined
      ? undefined
      : { ...obviousPsk(seen), psk: held.psks.at(-1)?.psk ?? obviousPsk(seen).psk };
  }
}
