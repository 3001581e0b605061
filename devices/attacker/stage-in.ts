/**
 * The stage that attacks play on, made of the place that the attacker is in: the world as an attacker meets it, and the examiner's
 * truth for the controls of a probe. The truth is taken from the CMSs and the trace; no console reaches it.
 */
import { assert } from '../../sim/errors.ts';
import { MILLISECOND } from '../../sim/clock.ts';
import type { Trace } from '../../sim/trace.ts';
import {
  canonicalNumber,
  nextPeriod,
  previousPeriod,
  type Period,
  type TelNumber,
} from '../../network/mikey/index.ts';
import type { Cms, Escrow } from '../cms/index.ts';
import { cmsKind } from '../cms/kind.ts';
import type { Contacts } from '../contacts.ts';
import { crsKind } from '../crs/kind.ts';
import type { ReachedHandset } from '../handset/index.ts';
import { cloneIn, handsetInUse, handsetKind } from '../handset/kind.ts';
import type { DeviceKind, Premises } from '../kind.ts';
import { readPhoneImage } from '../media/index.ts';
import type { TapListener, TappableLink } from '../../network/tap.ts';
import { callNamed } from './call-facts.ts';
import { erasedFor, goneFor } from './lost-keys.ts';
import { NOTHING, type Holdings } from './holdings.ts';
import type { AttackStage, Truth } from './stage.ts';

/** A number that no user has (a range reserved for drama: +44 7700 900000 to 900999). */
const BYSTANDER = canonicalNumber('+447700900999');

/** The stage for an attacker who is in this place. */
export function stageIn(premises: Premises): AttackStage {
  const { ports, contacts, network } = premises;
  const { clock, trace, deployment } = ports;
  return {
    clock,
    trace,
    deployment,
    get servers() {
      return premises.ofKind(crsKind);
    },
    accountOf: (user) => premises.accountOf(user),
    crsOf: (user) => standing(premises, crsKind, premises.accountOf(user).crs),
    truth: truthIn(premises),
    get kmsKeys() {
      return [...premises.ofKind(cmsKind).values()].map(({ escrow }) => escrow.kms);
    },
    get unixMs() {
      return ports.begins + Math.floor(clock.now() / 1000);
    },
    userNames: premises.users,
    nameOf: (number) => contacts.nameOf(number),
    numberOf: (user) => contacts.numberOf(user),
    handsetOf: (user) => handsetInUse(premises, user),
    wipedPhoneOf: (user) => wipedPhoneOf(premises, user),
    phonesOf: (holder) =>
      [...premises.ofKind(handsetKind).values()].filter(
        ({ name, user, number }) =>
          user === holder && number !== undefined && premises.holderOf(name) === holder,
      ),
    takenPhone: (holder, number) => takenPhone(premises, holder, number),
    storageInHand: (holder, device) =>
      premises.holderOf(device) === holder ? premises.ofKind(handsetKind).get(device)?.extract() : undefined,
    phoneNamed: (name) => premises.ofKind(handsetKind).get(name),
    consoleOf: (device) => premises.consoleOf(device),
    linksOf: (phone) => network.linksOfPhone(phone),
    listenTo: (host, listener) => listenTo(premises, host, listener),
    call: (name, since) => {
      const from = since === undefined ? undefined : (since - ports.begins) * MILLISECOND;
      return callNamed(trace, contacts, name, { now: clock.now(), from });
    },
    callGraph: (crs) => callGraphOf(trace, contacts, crs),
    ssvOf: (csb) => ssvOf(trace, csb),
    erasedFor: (attacker) => erasedFor(trace, attacker),
    goneFor: (attacker) => goneFor(trace, attacker),
    lookAt: (holder, thing) => premises.lookAt(holder, thing),
    hideOn: (holder, thing, octets) => premises.hideOn(holder, thing, octets),
    readQr: premises.readQr,
    clone: (name, holder, flash, attachment) => cloneIn(premises, name, holder, flash, attachment),
    attach: (name) => {
      const attachment = network.attach(name);
      network.joinStranger(name);
      return attachment;
    },
    attachInside: (name, crs) => {
      const attachment = network.attach(name);
      network.joinInside(name, crs);
      return attachment;
    },
  };
}

function standing<Device>(premises: Premises, kind: DeviceKind<Device>, name: string): Device {
  const device = premises.ofKind(kind).get(name);
  assert(device !== undefined, `the ${kind.name} '${name}' of an account stands in its world`);
  return device;
}

/** The CMS whose keys the phone of a user has by now: after a recovery it is another one than that of their account. */
function cmsInForce(premises: Premises, user: string): Cms {
  const own = standing(premises, cmsKind, premises.accountOf(user).cms);
  const all = [...premises.ofKind(cmsKind).values()];
  const phone = all.length > 1 ? handsetInUse(premises, user) : undefined;
  if (phone === undefined) return own;
  const number = premises.contacts.numberOf(user);
  const held = readPhoneImage(phone.extract()).psks.filter(({ remnant }) => !remnant);
  // Two CMSs may have the same master secrets: whose user it is now the PSK says.
  const issues = ({ escrow }: Cms): boolean =>
    held.some(({ value: { period, identity } }) =>
      escrow.psksOf(number, [period]).some((psk) => psk.identity === identity),
    );
  return all.find(issues) ?? own;
}

function truthIn(premises: Premises): Truth {
  const escrowOf = (user: string): Escrow => cmsInForce(premises, user).escrow;
  const around = (period: Period): readonly Period[] => [previousPeriod(period), period, nextPeriod(period)];
  return {
    kmsOf: (user) => escrowOf(user).kms,
    get masters() {
      return [...premises.ofKind(cmsKind).values()].map(({ name, escrow }) => ({
        cms: name,
        ...escrow.master,
      }));
    },
    holdingsOf: (user, period): Holdings => {
      const escrow = escrowOf(user);
      const number = premises.contacts.numberOf(user);
      return {
        ...NOTHING,
        kms: escrow.kms,
        userKeys: [escrow.keysOf(number, period)],
        psks: escrow.psksOf(number, [period]).map((psk) => ({ ...psk, number })),
        updateKeys: escrow.updateKeysOf(number).map((key) => ({ key, number })),
        sessionKeys: premises.network.sessionKeys,
      };
    },
    get psks() {
      const all = [...premises.ofKind(cmsKind).values()];
      return all
        .flatMap(({ escrow, period }) => escrow.psksOf(undefined, around(period)))
        .map((psk) => ({ ...psk, number: undefined }));
    },
    get sessionKeys() {
      return premises.network.sessionKeys;
    },
    bystander: (user, period) => {
      const escrow = escrowOf(user);
      return { ...NOTHING, kms: escrow.kms, userKeys: [escrow.keysOf(BYSTANDER, period)] };
    },
  };
}

function takenPhone(premises: Premises, holder: string, number: TelNumber): ReachedHandset | undefined {
  return [...premises.ofKind(handsetKind).values()].find(
    (phone) => phone.user !== holder && phone.number === number && premises.holderOf(phone.name) === holder,
  );
}

function wipedPhoneOf(premises: Premises, user: string): ReachedHandset | undefined {
  return [...premises.ofKind(handsetKind).values()].find(
    (phone) => phone.user === user && phone.service === 'wiped' && premises.holderOf(phone.name) === user,
  );
}

/** A phone has a link of its own; a place of an attacker has one to each CRS. */
function listenTo(premises: Premises, host: string, listener: TapListener): () => void {
  const { network } = premises;
  const [own] = network.linksOfPhone(host);
  const links: readonly (TappableLink | undefined)[] =
    own === undefined
      ? [...premises.ofKind(crsKind).keys()].map((crs) => network.linkNamed(`${host}-${crs}`))
      : [own];
  const stops = links.flatMap((link) => link?.tap(listener) ?? []);
  return () => {
    for (const stop of stops) stop();
  };
}

function callGraphOf({ events }: Trace, contacts: Contacts, crs: string): ReadonlyMap<string, number> {
  const graph = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'crs.call-connected' || event.on !== crs) continue;
    const pair = `${contacts.numberOf(event.data.from)} ${contacts.numberOf(event.data.to)}`;
    graph.set(pair, (graph.get(pair) ?? 0) + 1);
  }
  return graph;
}

function ssvOf({ events }: Trace, csb: string): Uint8Array {
  for (const event of events)
    if (event.type === 'mikey.sent' && event.data.csb === csb) return event.data.ssv.reveal();
  return new Uint8Array(16);
}
