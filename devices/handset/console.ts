/** The handset's console: what its user can do with it. */
import type { Trace } from '../../sim/trace.ts';
import {
  choice,
  command,
  Console,
  DURATION,
  integer,
  option,
  positional,
  TEXT,
  type Command,
  type Kind,
} from '../console/index.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import type { Contacts } from '../contacts.ts';
import type { Rules } from '../rules.ts';
import type { Handset } from './handset.ts';

const APP: Kind<string> = {
  wants: 'a name such as chatter: up to 32 lower-case letters, digits and hyphens',
  read: (word) => (/^[a-z0-9][a-z0-9-]{0,31}$/.test(word) ? word : undefined),
};

const VERSION: Kind<string> = {
  wants: 'a version such as 9.0',
  read: (word) => (/^\d{1,3}(?:\.\d{1,3}){0,3}$/.test(word) ? word : undefined),
};

/** What the commands of a phone reach. */
interface Keypad {
  readonly handset: Handset;
  readonly contacts: Contacts;
  readonly rules: Rules;
}

const call = ({ handset, contacts, rules }: Keypad): Command => {
  const peer: Kind<TelNumber> = {
    wants: 'a contact or a number such as +447700900001',
    read: (word) => numberOf(word, contacts, rules),
    offers: () => contacts.names.filter((name) => name !== handset.user),
  };
  return command({
    name: 'call',
    summary: 'Call somebody',
    parameters: {
      whom: positional(peer, 'a contact or a number'),
      for: option(DURATION, 'hang up after this long'),
    },
    examples: ['call bob', 'call bob --for 40s', 'call "+44 7700 900002"'],
    run: (values) => handset.dial(values.whom, values.for),
  });
};

const answer = ({ handset }: Keypad): Command =>
  command({
    name: 'answer',
    summary: 'Answer the call that rings',
    parameters: {},
    run: () => handset.answer(),
  });

const hangUp = ({ handset }: Keypad): Command =>
  command({
    name: 'hang-up',
    summary: 'End the call, or decline it',
    parameters: {},
    run: () => handset.hangUp(),
  });

const rekey = ({ handset }: Keypad): Command =>
  command({
    name: 'rekey',
    summary: 'Offer new keys for the call, within the call',
    parameters: {},
    run: () => handset.rekey(),
  });

const status = ({ handset }: Keypad): Command =>
  command({
    name: 'status',
    summary: 'Show the screen',
    parameters: {},
    disturbs: false,
    run: () => handset.screen(),
  });

const contactList = ({ contacts }: Keypad): Command =>
  command({
    name: 'contacts',
    summary: 'List the contacts',
    parameters: {},
    disturbs: false,
    run: () => contacts.names.map((name) => `${name} ${contacts.numberOf(name)}`),
  });

const install = ({ handset }: Keypad): Command =>
  command({
    name: 'install',
    summary: 'Put the app on the phone: a new one, or one that was wiped',
    parameters: {},
    run: () => handset.install(),
  });

const addApp = ({ handset }: Keypad): Command =>
  command({
    name: 'add-app',
    summary: 'Put another VoIP application on the phone',
    parameters: { app: positional(APP, 'what it is called') },
    examples: ['add-app chatter'],
    run: ({ app }) => {
      handset.installation.add(app);
      return `${app} is on the phone.`;
    },
  });

const removeApp = ({ handset }: Keypad): Command =>
  command({
    name: 'remove-app',
    summary: 'Take another VoIP application off the phone',
    parameters: { app: positional(APP, 'what it is called') },
    examples: ['remove-app chatter'],
    run: ({ app }) => {
      handset.installation.remove(app);
      return `${app} is off the phone.`;
    },
  });

const updateSystem = ({ handset }: Keypad): Command =>
  command({
    name: 'update-system',
    summary: 'Bring the operating system up to date',
    parameters: { version: positional(VERSION, 'the version that it is brought to') },
    examples: ['update-system 9.0'],
    run: ({ version }) => {
      handset.installation.updateSystem(version);
      return `The phone runs ${version} now.`;
    },
  });

const updateApp = ({ handset }: Keypad): Command =>
  command({
    name: 'update-app',
    summary: 'Bring the app up to date',
    parameters: { version: positional(VERSION, 'the version that it is brought to') },
    examples: ['update-app 3.1'],
    run: ({ version }) => {
      handset.installation.updateApp(version);
      return `The app is of version ${version} now.`;
    },
  });

const fetch = ({ handset }: Keypad): Command =>
  command({
    name: 'fetch',
    summary: 'Ask the CRS for new key packages now',
    parameters: {},
    run: () => handset.fetchPackages(),
  });

const roam = ({ handset }: Keypad): Command =>
  command({
    name: 'roam',
    summary: 'Go over to another network',
    parameters: { site: positional(TEXT, 'a site of the topology, or home') },
    examples: ['roam visited-fr', 'roam home'],
    run: ({ site }) => handset.roam(site),
  });

const restart = ({ handset }: Keypad): Command =>
  command({
    name: 'restart',
    summary: 'Close the app and start it again',
    parameters: {},
    run: () => handset.restart(),
  });

const power = ({ handset }: Keypad): Command =>
  command({
    name: 'power',
    summary: 'Switch the phone off, or on again',
    parameters: { to: positional(choice('off', 'on'), 'off or on') },
    examples: ['power off', 'power on'],
    run: ({ to }) => (to === 'off' ? handset.power.off() : handset.power.on()),
  });

const lock = ({ handset }: Keypad): Command =>
  command({
    name: 'lock',
    summary: 'Lock the phone: whoever takes its storage finds nothing that opens',
    parameters: {},
    run: () => handset.lock.lock(),
  });

const unlock = ({ handset }: Keypad): Command =>
  command({
    name: 'unlock',
    summary: 'Unlock the phone with the passcode, which its owner has',
    parameters: {},
    run: (_values, by) => handset.lock.unlock(by),
  });

const setClock = ({ handset }: Keypad): Command =>
  command({
    name: 'set-clock',
    summary: "Move the phone's clock on, or back",
    parameters: { seconds: positional(integer(-3_000_000, 3_000_000), 'by how many seconds') },
    examples: ['set-clock -300'],
    run: ({ seconds }) => handset.setClock(seconds * 1000),
  });

/** In the order in which help lists them. */
const COMMANDS: readonly ((keypad: Keypad) => Command)[] = [
  call,
  answer,
  hangUp,
  rekey,
  status,
  contactList,
  install,
  addApp,
  removeApp,
  updateSystem,
  updateApp,
  fetch,
  roam,
  restart,
  power,
  lock,
  unlock,
  setClock,
];

/** What the user of `handset` can do with it. Errors of its lines: HANDSET_*, MIKEY_NUMBER_*. */
export function handsetConsole(handset: Handset, trace: Trace, contacts: Contacts, rules: Rules): Console {
  const keypad = { handset, contacts, rules };
  return new Console({
    owner: handset.name,
    title: `Handset of ${handset.user}`,
    trace,
    screen: () => handset.screen(),
    commands: () => COMMANDS.map((commandOf) => whenOn(commandOf(keypad), handset)),
  });
}

/** What can be done with a phone that is off: switch it on, and look at it. */
const WHEN_OFF: readonly string[] = ['power', 'status'];
/** And with one that is locked: that, and what a call that comes in asks for. */
const WHEN_LOCKED: readonly string[] = [...WHEN_OFF, 'unlock', 'answer', 'hang-up'];

function whenOn(asked: Command, handset: Handset): Command {
  if (WHEN_OFF.includes(asked.name)) return asked;
  const run: Command['run'] = (values, by) => {
    handset.power.requireOn();
    if (!WHEN_LOCKED.includes(asked.name)) handset.lock.requireUnlocked();
    return asked.run(values, by);
  };
  return { ...asked, run };
}

function numberOf(word: string, contacts: Contacts, rules: Rules): TelNumber | undefined {
  if (word.includes(' ') && !rules.holds('handset.one-spelling')) return undefined;
  if (word.startsWith('0') && !rules.holds('handset.global-numbers-only')) return contacts.guess(word);
  return contacts.numberOf(word);
}
