/**
 * Phones that a CRS lets in because somebody in control of it says so: under credentials that no disc brought, whatever stands against the
 * user. Whoever controls the server has a call come to their own place so; and an examiner has two phones that can surely call each other.
 */
import { toHex } from '../../sim/octets.ts';
import { periodOf, type Period, type TelNumber } from '../../network/mikey/index.ts';
import type { Handset } from '../handset/index.ts';
import { cloneStorage } from './clone.ts';
import type { HeldPsk, Holdings } from './holdings.ts';
import type { Presenter } from './login.ts';
import type { AttackStage } from './stage.ts';

const IDENTITY_OCTETS = 8;
const PSK_OCTETS = 32;

/** Whose number a phone has, and with which keys besides the PSK, which is made here. */
export interface AdmittedKeys {
  readonly user: string;
  readonly keys: Holdings;
}

/** Who makes them. */
export interface Admitter extends Presenter {
  /** Who holds them. */
  readonly holder: string;
}

/** The phones, in the order in which they were asked for; `end` switches them off, and the CRS is as it was. */
export interface AdmittedPhones {
  readonly phones: readonly Handset[];
  end(): void;
}

/** Undefined when one of them cannot be made of its keys. All are on the CRS of the first. */
export function admitted(
  stage: AttackStage,
  admitter: Admitter,
  wanted: readonly [AdmittedKeys, ...AdmittedKeys[]],
): AdmittedPhones | undefined {
  const period = periodOf(stage.unixMs);
  const crs = stage.crsOf(wanted[0].user);
  const made = wanted.map(({ user, keys }) => {
    const number = stage.numberOf(user);
    const psk = newPsk(admitter, number, period);
    const flash = cloneStorage({ ...keys, psks: [psk] }, number, period, crs.name, admitter.random);
    return flash === undefined ? undefined : { flash, credential: { ...psk, number, period } };
  });
  const ready = made.filter((each) => each !== undefined);
  if (ready.length < made.length) return undefined;
  crs.letIn = (identity) =>
    ready.map(({ credential }) => credential).find((credential) => credential.identity === identity);
  const phones = ready.map(({ flash }) => {
    const host = admitter.host();
    return stage.clone(host, admitter.holder, flash, stage.attach(host));
  });
  return {
    phones,
    end: () => {
      for (const phone of phones) phone.switchOff();
      crs.letIn = undefined;
    },
  };
}

/** A PSK that no CMS made, for a number and month. */
export function newPsk({ random }: Pick<Presenter, 'random'>, number: TelNumber, period: Period): HeldPsk {
  return {
    identity: `${toHex(random.octets(IDENTITY_OCTETS))}.${period}`,
    psk: random.octets(PSK_OCTETS),
    number,
  };
}
