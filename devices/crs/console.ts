/** The administrator's console of the rendezvous server. */
import type { Trace } from '../../sim/trace.ts';
import { parsePeriod, type Period } from '../../network/mikey/index.ts';
import { command, Console, integer, positional, TEXT, type Command, type Kind } from '../console/index.ts';
import { Rules } from '../rules.ts';
import type { Crs } from './crs.ts';
import { listSignatures, type SignatureWitness } from './signatures.ts';

const NUMBER: Kind<string> = { wants: 'a number such as +447700900001', read: (word) => word };
const PERIOD: Kind<Period> = { wants: 'a month such as 2015-10', read: (word) => parsePeriod(word) };

const USER = positional(NUMBER, 'the number of the user');
const ACCOUNT = positional(TEXT, 'the name of the account');

const createAccount = (crs: Crs): Command =>
  command({
    name: 'create-account',
    summary: 'Make an account for a CMS',
    parameters: { account: ACCOUNT },
    examples: ['create-account hq'],
    run: (values) => crs.createAccount(values.account),
  });

const deleteAccount = (crs: Crs): Command =>
  command({
    name: 'delete-account',
    summary: 'Remove an account and all its users',
    parameters: { account: ACCOUNT },
    examples: ['delete-account hq'],
    run: (values) => crs.deleteAccount(values.account),
  });

const loadDisc = (crs: Crs): Command =>
  command({
    name: 'load-disc',
    summary: 'Load the key packages from the disc in the drive',
    parameters: {},
    run: () => crs.loadDisc(),
  });

const checkLog = (crs: Crs): Command =>
  command({
    name: 'check-log',
    summary: 'Read the audit log, unexpected lines marked',
    parameters: {},
    run: () => crs.checkLog(),
  });

const blockUser = (crs: Crs): Command =>
  command({
    name: 'block-user',
    summary: 'Refuse a user from now on, and end what they have open',
    parameters: { number: USER },
    examples: ['block-user +447700900001'],
    run: (values, by) => crs.blockUser(values.number, by),
  });

const unblockUser = (crs: Crs): Command =>
  command({
    name: 'unblock-user',
    summary: 'Let a blocked user in again',
    parameters: { number: USER },
    examples: ['unblock-user +447700900001'],
    run: (values, by) => crs.unblockUser(values.number, by),
  });

const removeMonth = (crs: Crs): Command =>
  command({
    name: 'remove-month',
    summary: 'Remove everything held for a month',
    parameters: { month: positional(PERIOD, 'the month') },
    examples: ['remove-month 2015-09'],
    run: (values) => crs.removeMonth(values.month),
  });

const reinstall = (crs: Crs): Command =>
  command({
    name: 'reinstall',
    summary: 'Install the server anew: everything on it is lost',
    parameters: {},
    run: () => crs.reinstall(),
  });

const setClock = (crs: Crs): Command =>
  command({
    name: 'set-clock',
    summary: 'Move the clock on, or back; whom it lets in depends on it',
    parameters: { seconds: positional(integer(-3_000_000, 3_000_000), 'by how many seconds') },
    examples: ['set-clock -300'],
    run: ({ seconds }) => crs.setClock(seconds * 1000),
  });

const users = (crs: Crs): Command =>
  command({
    name: 'users',
    summary: 'List the users',
    parameters: {},
    disturbs: false,
    run: () => {
      const blocked = new Set(crs.accounts.blocked);
      const registered = new Set(crs.registered);
      const several = crs.accounts.names.length > 1;
      return crs.accounts.numbers.map((each) => {
        const state = blocked.has(each) ? 'blocked' : registered.has(each) ? 'registered' : 'not registered';
        const account = several ? ` of ${crs.accounts.accountOf(each) ?? ''}` : '';
        return `${each} ${crs.nameOf(each)}${account}: ${state}`;
      });
    },
  });

const accounts = (crs: Crs): Command =>
  command({
    name: 'accounts',
    summary: 'List the accounts',
    parameters: {},
    disturbs: false,
    run: () => crs.accounts.names,
  });

const status = (crs: Crs): Command =>
  command({
    name: 'status',
    summary: 'Show the state of the server',
    parameters: {},
    disturbs: false,
    run: () => crs.screen(),
  });

const signatures = (crs: Crs, told: SignatureWitness): Command =>
  command({
    name: 'signatures',
    summary: 'List who signed the calls that went through, and with how many keys',
    parameters: {},
    run: () => listSignatures(crs, told),
  });

/** In the order in which help lists them. */
const COMMANDS: readonly ((crs: Crs, told: SignatureWitness) => Command)[] = [
  createAccount,
  deleteAccount,
  loadDisc,
  checkLog,
  signatures,
  blockUser,
  unblockUser,
  removeMonth,
  reinstall,
  setClock,
  users,
  accounts,
  status,
];

/** What the administrator of `crs` can type. Errors of its lines: CRS_*, MEDIA_*, HARDWARE_DISC_*, MIKEY_*. */
export function crsConsole(crs: Crs, trace: Trace, rules: Rules = new Rules()): Console {
  return new Console({
    owner: crs.name,
    title: 'Rendezvous server',
    trace,
    screen: () => crs.screen(),
    commands: () => COMMANDS.map((commandOf) => commandOf(crs, { trace, rules })),
  });
}
