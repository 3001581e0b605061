/** The handset as a kind of device: a user's own phone, or one that a scenario declares for somebody. */
import type { Attachment } from '../../network/fabric.ts';
import { canonicalNumber } from '../../network/mikey/index.ts';
import { deviceKind, type Premises, type Standing } from '../kind.ts';
import { handsetConsole } from './console.ts';
import { Handset, type HandsetState } from './handset.ts';
import type { HandsetOptions } from './handset-options.ts';
import type { ReachedHandset } from './reached-handset.ts';
import { HANDSET_RULES } from './rules.ts';
import { HANDSET_ARROWS, HANDSET_EVENTS, HANDSET_NOTICES, HANDSET_SERVERS } from './told.ts';
import { handsetMachine } from './machine.ts';

/** The kinds of phones that the app exists for (para-1). */
const PLATFORMS = ['android', 'ios'] as const;

const SOURCE = 'calldrill';

/** What a world, the loader and the documentation know of a handset. */
export const handsetKind = deviceKind({
  name: 'handset',
  attacks: false,
  linked: true,
  settings: {
    owner: {
      kind: 'text',
      names: 'owner',
      default: '',
      summary: 'Whose phone it is: a user or an attacker',
      source: SOURCE,
    },
    'other-voip': {
      kind: 'text',
      default: '',
      summary: 'Another VoIP application that is on it',
      source: SOURCE,
    },
    sim: {
      kind: 'text',
      default: '',
      summary: 'The number of the SIM in it, which need not be that of the app; no SIM when left out',
      source: 'para-3',
      check: (text) => canonicalNumber(text),
    },
    'faulty-app': {
      kind: 'text',
      default: '',
      summary:
        'The version of the app from which on it takes a message twice: a planted fault of the product',
      source: SOURCE,
    },
    'network-time': {
      kind: 'choice',
      default: 'taken',
      choices: ['taken', 'ignored'],
      summary: 'Whether its clock follows the time that the network sends',
      source: SOURCE,
    },
    platform: {
      kind: 'choice',
      default: 'android',
      choices: PLATFORMS,
      summary: 'What it runs',
      source: 'para-1',
      apart: true,
    },
    version: { kind: 'text', default: '', summary: 'The version of that', source: 'para-7', apart: true },
    clock: {
      kind: 'duration',
      default: 0,
      summary: 'How far its clock is ahead of the true time; negative when behind',
      source: SOURCE,
      apart: true,
    },
    drift: {
      kind: 'integer',
      default: 0,
      min: -100_000,
      max: 100_000,
      summary: 'Parts per million by which its clock runs fast; negative when slow',
      source: SOURCE,
    },
    zone: {
      kind: 'integer',
      default: 0,
      min: -720,
      max: 840,
      summary: 'Minutes that local time is ahead of UTC where it is; negative when behind',
      source: SOURCE,
    },
  },
  rules: HANDSET_RULES,
  told: {
    events: HANDSET_EVENTS,
    notices: HANDSET_NOTICES,
    arrows: HANDSET_ARROWS,
    servers: HANDSET_SERVERS,
  },
  manual: {
    title: 'Handset',
    about: 'Typed by whoever has the phone in hand.',
    machines: [
      {
        title: 'Handset',
        about: 'The app on a phone. Once enrolled, its service and its line go on side by side.',
        machine: handsetMachine,
      },
    ],
  },
  build(premises, { name, settings }, kept?: HandsetState): Standing<ReachedHandset, HandsetState> {
    const { ports, network, contacts } = premises;
    const {
      owner,
      platform,
      version,
      clock,
      drift,
      zone,
      'other-voip': otherVoip,
      'faulty-app': faultyApp,
      'network-time': networkTime,
    } = settings;
    const user = owner === '' ? name : owner;
    const attachment = network.attach(name);
    network.joinPhone(name);
    const options = {
      ...optionsIn(premises, name, user, attachment),
      platform,
      version,
      clockOffsetMs: clock / 1000,
      takesNetworkTime: networkTime === 'taken',
      clockDriftPpm: drift,
      zoneMinutes: zone,
      ...(otherVoip === '' ? {} : { otherVoip }),
      ...(faultyApp === '' ? {} : { faultyApp }),
    };
    const handset = new Handset(ports, options, kept);
    // Where a phone is that was kept, the network knows.
    if (kept === undefined) network.placePhone(name);
    return {
      device: handset,
      console: handsetConsole(handset, ports.trace, contacts, ports.rules),
      physical: handset,
      holder: user,
      save: () => handset.save(),
      unrest: () => handset.unrest,
    };
  },
});

/** What a phone gets of the place it is in, whatever phone it is. */
function optionsIn(
  premises: Premises,
  name: string,
  user: string,
  attachment: Attachment,
): Omit<HandsetOptions, 'platform' | 'version'> {
  const { contacts, network, readQr } = premises;
  const talk = premises.voiceOf(user);
  const listen = premises.earOf(name, user);
  return {
    name,
    user,
    attachment,
    contacts,
    readQr,
    simNumber: () => premises.simNumberIn(name),
    nextCall: (from, to) => premises.nextCall(from, to),
    roam: (site) => network.move(name, site),
    shield: (shielded) => (shielded ? network.unplug(name) : network.plug(name)),
    ...(talk === undefined ? {} : { talk }),
    ...(listen === undefined ? {} : { listen }),
  };
}

/** The phone that a user has in hand and uses; the last one that they were given. */
export function handsetInUse(
  premises: Pick<Premises, 'ofKind' | 'holderOf'>,
  user: string,
): ReachedHandset | undefined {
  return [...premises.ofKind(handsetKind).values()].findLast(
    (phone) => phone.user === user && premises.holderOf(phone.name) === user && phone.number !== undefined,
  );
}

/** One more phone, in an attacker's hands: its storage is what the attacker made of it, and it is nobody's thing. */
export function cloneIn(
  premises: Premises,
  name: string,
  user: string,
  flash: NonNullable<HandsetOptions['flash']>,
  attachment: Attachment,
): Handset {
  return new Handset(premises.ports, {
    ...optionsIn(premises, name, user, attachment),
    platform: 'android',
    version: '5.1',
    flash,
  });
}
