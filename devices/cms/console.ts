/** The operator's console of the key management system. */
import type { Trace } from '../../sim/trace.ts';
import {
  command,
  Console,
  flag,
  integer,
  option,
  positional,
  rest,
  TEXT,
  type Command,
  type Kind,
} from '../console/index.ts';
import { parsePeriod, type Period } from '../../network/mikey/index.ts';
import type { Cms } from './cms.ts';

const NUMBER: Kind<string> = { wants: 'a number such as +447700900001', read: (word) => word };
const PERIOD: Kind<Period> = { wants: 'a month such as 2015-10', read: (word) => parsePeriod(word) };

const USER = positional(NUMBER, 'the number of the user');

const addUser = (cms: Cms): Command =>
  command({
    name: 'add-user',
    summary: 'Add a user, or issue an existing one again',
    parameters: {
      number: USER,
      name: rest(TEXT, 'what the user is called'),
      're-issue': flag('the number has keys: make its user new ones, which end the old ones'),
      reason: option(TEXT, 'why it is issued again; the ledger keeps it'),
      request: option(TEXT, 'reference of the request'),
    },
    examples: [
      'add-user +447700900001 alice',
      'add-user +447700900001 alice --re-issue --reason "phone lost" --request REQ-7',
    ],
    run: ({ number, name, 're-issue': reissue, reason, request }, by) =>
      cms.addUser(number, name, { reissue, reason, request }, by),
  });

const viewQr = (cms: Cms): Command =>
  command({
    name: 'view-qr',
    summary: "Show a user's QR code on the screen",
    parameters: { number: USER },
    examples: ['view-qr +447700900001'],
    run: (values, by) => cms.viewQr(values.number, by),
  });

const viewKms = (cms: Cms): Command =>
  command({
    name: 'view-kms',
    summary:
      'Show the public keys of the KMS, and the numbers that it serves, as a QR code for phones of another KMS',
    parameters: {},
    run: (_, by) => cms.viewKms(by),
  });

const hideQr = (cms: Cms): Command =>
  command({
    name: 'hide-qr',
    summary: 'Take the QR code off the screen',
    parameters: {},
    run: () => cms.hideQr(),
  });

const printQr = (cms: Cms): Command =>
  command({
    name: 'print-qr',
    summary: "Print a user's QR code",
    parameters: {
      number: USER,
      marking: option(TEXT, 'the classification that is printed on it'),
      reason: option(TEXT, 'why the screen cannot be used'),
    },
    examples: ['print-qr +447700900001 --marking OFFICIAL --reason "works at another site"'],
    run: ({ number, ...line }, by) => cms.printQr(number, line, by),
  });

const closePrint = (cms: Cms): Command =>
  command({
    name: 'close-print',
    summary: 'Close the line of a print that was reported as destroyed',
    parameters: { paper: positional(TEXT, 'the print') },
    examples: ['close-print alice-qr-1'],
    run: ({ paper }, by) => cms.closePrint(paper, by),
  });

const prints = (cms: Cms): Command =>
  command({
    name: 'prints',
    summary: 'List the prints; those that are open were not reported as destroyed',
    parameters: { marking: option(TEXT, 'the marking that the system asks for') },
    examples: ['prints', 'prints --marking OFFICIAL'],
    run: ({ marking }) => cms.listPrints(marking),
  });

const destroyKeys = (cms: Cms): Command =>
  command({
    name: 'destroy-keys',
    summary: "Change a user's update key, so that packages made from now on are closed to the old one",
    parameters: { number: USER },
    examples: ['destroy-keys +447700900001'],
    run: (values, by) => cms.destroyKeys(values.number, by),
  });

const burnDisc = (cms: Cms): Command =>
  command({
    name: 'burn-disc',
    summary: 'Burn key packages on the blank disc in the drive',
    parameters: {
      month: option(PERIOD, 'which month (the next one if left out)'),
      changed: flag('only users whose credentials changed since the last disc'),
    },
    examples: ['burn-disc', 'burn-disc --month 2015-10 --changed'],
    run: (values, by) => cms.burnDisc(values.month, values.changed, by),
  });

const users = (cms: Cms): Command =>
  command({
    name: 'users',
    summary: 'List the users',
    parameters: {},
    disturbs: false,
    run: () =>
      cms.users.map((user) => `${user.number} ${user.name}${user.changed ? ' (not on a disc yet)' : ''}`),
  });

const ledger = (cms: Cms): Command =>
  command({
    name: 'ledger',
    summary: 'List everything that was ever issued',
    parameters: {},
    disturbs: false,
    run: () =>
      cms.ledger.entries.map(
        ({ time, by, what, subject, reason, request }) =>
          `t=${time / 1e6}s ${by}: ${what} ${subject}${reason === undefined ? '' : `, because: ${reason}`}${request === undefined ? '' : ` (${request})`}`,
      ),
  });

const store = (cms: Cms): Command =>
  command({
    name: 'store',
    summary: 'Compare the sets of keys in the store with the ledger',
    parameters: {},
    run: () => cms.register.compare(),
  });

const approve = (cms: Cms): Command =>
  command({
    name: 'approve',
    summary: 'Agree, as the second person, to one print of a code, or one copy of the disk',
    parameters: {},
    run: (_, by) => cms.secondPerson.agrees(by),
  });

const auditLedger = (cms: Cms): Command =>
  command({
    name: 'audit-ledger',
    summary: 'Look through the ledger for codes that nobody asked for',
    parameters: {},
    run: () => cms.register.audit(),
  });

const strikeLine = (cms: Cms): Command =>
  command({
    name: 'strike-line',
    summary: 'Take the last line about a number or a disc out of the ledger',
    parameters: { subject: positional(TEXT, 'the number or the disc') },
    examples: ['strike-line +447700900001'],
    run: ({ subject }, by) => cms.register.strike(subject, by),
  });

const backUp = (cms: Cms): Command =>
  command({
    name: 'back-up',
    summary: 'Burn the master secrets on the blank disc in the drive, for the safe',
    parameters: {},
    run: () => cms.backup('back-up'),
  });

const restore = (cms: Cms): Command =>
  command({
    name: 'restore',
    summary: 'Take the master secrets from the backup in the drive, in place of those that it has',
    parameters: {},
    run: () => cms.backup('restore'),
  });

const setClock = (cms: Cms): Command =>
  command({
    name: 'set-clock',
    summary: 'Move the clock on, or back; months depend on it',
    parameters: { seconds: positional(integer(-3_000_000, 3_000_000), 'by how many seconds') },
    examples: ['set-clock -300'],
    run: ({ seconds }) => cms.setClock(seconds * 1000),
  });

/** In the order in which help lists them. */
const COMMANDS: readonly ((cms: Cms) => Command)[] = [
  addUser,
  viewQr,
  viewKms,
  hideQr,
  printQr,
  closePrint,
  prints,
  destroyKeys,
  burnDisc,
  users,
  ledger,
  store,
  approve,
  auditLedger,
  strikeLine,
  backUp,
  restore,
  setClock,
];

/** What the operator of `cms` can type. Errors of its lines: CMS_*, HARDWARE_DISC_*, MIKEY_*. */
export function cmsConsole(cms: Cms, trace: Trace): Console {
  return new Console({
    owner: cms.name,
    title: 'Key management system',
    trace,
    screen: () => cms.screen(),
    commands: () => COMMANDS.map((commandOf) => commandOf(cms)),
  });
}
