/** The attacker's console: each attack is a line. */
import type { Trace } from '../../sim/trace.ts';
import { parsePeriod, type Period } from '../../network/mikey/index.ts';
import {
  choice,
  command,
  Console,
  flag,
  nameOf,
  option,
  positional,
  TEXT,
  type Kind,
} from '../console/index.ts';
import type { Attacker } from './attacker.ts';
import { CallGraph } from './attacks/call-graph.ts';
import { DecryptCall } from './attacks/decrypt-call.ts';
import { Enumerate } from './attacks/enumerate.ts';
import { ImpersonateCrs } from './attacks/impersonate-crs.ts';
import { FetchPackage, UnwrapPackage } from './attacks/packages.ts';
import { Forge, Replay, type Path } from './attacks/present-message.ts';
import { ReadSignalling } from './attacks/read-signalling.ts';
import { PORT_RANGE, ScanPorts } from './attacks/scan-ports.ts';
import { SearchRelay } from './attacks/search-relay.ts';
import { ServePackage } from './attacks/serve-package.ts';
import { Substitute } from './attacks/substitute.ts';
import { UseIdentity } from './attacks/use-identity.ts';
import { attackError } from './errors.ts';

const PERIOD: Kind<Period> = { wants: 'a month such as 2015-11', read: (word) => parsePeriod(word) };
const INSTANT: Kind<number> = {
  wants: 'a time such as 2015-10-31T23:58:00Z',
  read: (word) => {
    const unixMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(word) ? Date.parse(word) : Number.NaN;
    return Number.isNaN(unixMs) ? undefined : unixMs;
  },
};

export function attackerConsole(attacker: Attacker, trace: Trace): Console {
  const { stage, controlsCrs, colludes } = attacker.options;
  const { ports, random, recorder } = attacker;
  const host = (): string => attacker.host();
  const user = nameOf(
    'a user of the scenario',
    () => stage.userNames,
    (word) => {
      if (stage.userNames.includes(word)) return word;
      throw attackError('ATTACK_NO_USER', `there is no user ${word}`);
    },
  );
  const call = positional(TEXT, 'the call, such as bob-to-alice#1');
  const requireCrs = (): void => {
    if (!controlsCrs) throw attackError('ATTACK_NO_CRS', `${attacker.name} does not control the CRS`);
  };
  const pathOf = (via: string): Path => {
    if (via !== 'crs') return { through: 'account', user: user.read(via) ?? via };
    return { through: 'crs' };
  };
  return new Console({
    owner: attacker.name,
    title: 'An attacker',
    trace,
    screen: () => attacker.screen(),
    commands: [
      command({
        name: 'decrypt',
        summary: 'Decrypt a recorded call',
        parameters: { call, with: option(choice('crs'), 'who helps: the CRS hands over signalling') },
        examples: ['decrypt bob-to-alice#1', 'decrypt bob-to-alice#3 --with crs'],
        disturbs: false,
        run: (values) =>
          attacker.begin(
            'decrypt',
            new DecryptCall(stage, recorder, { call: values.call, crsHelps: values.with === 'crs' }),
          ),
      }),
      command({
        name: 'read-signalling',
        summary: "Read a user's recorded signalling",
        parameters: { user: positional(user, 'whose'), 'given-psk': flag('as if the PSK had come to hand') },
        examples: ['read-signalling alice --given-psk'],
        disturbs: false,
        run: (values) =>
          attacker.begin(
            'read-signalling',
            new ReadSignalling(stage, recorder, values.user, values['given-psk']),
          ),
      }),
      command({
        name: 'search-relay',
        summary: 'Search the CRS for anything that opens the media of a call',
        parameters: { call },
        examples: ['search-relay alice-to-bob#1'],
        disturbs: false,
        run: (values) => {
          requireCrs();
          return attacker.begin('search-relay', new SearchRelay(stage, recorder, values.call));
        },
      }),
      command({
        name: 'call-graph',
        summary: 'Rebuild who called whom from the logs of the CRS',
        parameters: {},
        disturbs: false,
        run: () => {
          requireCrs();
          return attacker.begin('call-graph', new CallGraph(stage));
        },
      }),
      command({
        name: 'call-as',
        summary: 'Call somebody with a clone of a phone',
        parameters: { user: positional(user, 'whose phone'), peer: positional(user, 'who is called') },
        examples: ['call-as alice bob'],
        run: (values) =>
          attacker.begin('call-as', new UseIdentity(stage, { ...values, direction: 'call', random, host })),
      }),
      command({
        name: 'receive-as',
        summary: 'Take a call that somebody places to the owner of a phone, with a clone of it',
        parameters: { user: positional(user, 'whose phone'), peer: positional(user, 'who calls') },
        examples: ['receive-as alice bob'],
        run: (values) =>
          attacker.begin(
            'receive-as',
            new UseIdentity(stage, { ...values, direction: 'receive', random, host }),
          ),
      }),
      command({
        name: 'fetch-package',
        summary: "Fetch a user's key package from the CRS",
        parameters: { user: positional(user, 'whose'), month: positional(PERIOD, 'of which month') },
        examples: ['fetch-package alice 2015-11'],
        run: (values) =>
          attacker.begin('fetch-package', new FetchPackage(stage, { ...values, ports, random, host })),
      }),
      command({
        name: 'unwrap-package',
        summary: 'Open a key package with the update keys at hand',
        parameters: {
          user: positional(user, 'whose'),
          month: positional(PERIOD, 'of which month'),
          given: flag('the package on the CRS is handed over'),
        },
        examples: ['unwrap-package alice 2015-11 --given'],
        disturbs: false,
        run: (values) =>
          attacker.begin('unwrap-package', new UnwrapPackage(stage, values.user, values.month, values.given)),
      }),
      command({
        name: 'serve-package',
        summary: "Answer a phone's request for a key package with one of another month",
        parameters: { user: positional(user, 'whose phone'), month: positional(PERIOD, 'of which month') },
        examples: ['serve-package alice 2015-10'],
        run: (values) => {
          requireCrs();
          return attacker.begin('serve-package', new ServePackage(stage, values.user, values.month));
        },
      }),
      command({
        name: 'forge',
        summary: 'Sign a call as a user and get it to a phone',
        parameters: {
          user: positional(user, 'whose name'),
          peer: positional(user, 'whose phone'),
          via: option(TEXT, 'the account it goes through, or crs'),
          month: option(PERIOD, 'month of the keys and the identifier'),
          sent: option(INSTANT, 'T of the message'),
        },
        examples: [
          'forge alice bob --via carol',
          'forge alice bob --via crs --month 2015-10 --sent 2015-10-31T23:58:00Z',
        ],
        run: ({ user: as, peer, via, month, sent }) =>
          attacker.begin(
            sent === undefined ? 'forge' : 'backdate',
            new Forge(stage, { user: as, peer, path: pathOf(via ?? as), month, sent, ports, random, host }),
          ),
      }),
      command({
        name: 'replay',
        summary: 'Present a recorded I_MESSAGE again',
        parameters: {
          call,
          malleated: flag('with the other valid form of its signature'),
          'after-restart': flag("after a restart of the callee's app"),
        },
        examples: ['replay alice-to-bob#1', 'replay alice-to-bob#1 --malleated'],
        run: (values) => {
          requireCrs();
          return attacker.begin(
            'replay',
            new Replay(stage, recorder, {
              call: values.call,
              malleated: values.malleated,
              afterRestart: values['after-restart'],
              ports,
              random,
              host,
            }),
          );
        },
      }),
      command({
        name: 'substitute',
        summary: 'Replace the I_MESSAGE of the next call on its way through the CRS',
        parameters: {
          what: positional(choice('identity', 'content'), 'what is to change'),
          caller: positional(user, 'who calls'),
          callee: positional(user, 'who is called'),
        },
        examples: ['substitute identity alice bob'],
        run: ({ what, caller, callee }) => {
          requireCrs();
          return attacker.begin(
            'substitute',
            new Substitute(stage, { what, caller, callee, colluder: colludes ?? caller, random }),
          );
        },
      }),
      command({
        name: 'enumerate',
        summary: 'Find out whether the CRS tells users from strangers',
        parameters: { user: positional(user, 'a user whose PSK identity was recorded') },
        examples: ['enumerate alice'],
        run: (values) =>
          attacker.begin('enumerate', new Enumerate(stage, recorder, values.user, random, host)),
      }),
      command({
        name: 'impersonate-crs',
        summary: 'Stand between a phone and the network, and play the CRS to it',
        parameters: {
          phone: positional(TEXT, 'the phone, such as bob-phone'),
          user: positional(user, 'whose it is'),
        },
        examples: ['impersonate-crs bob-phone bob'],
        run: (values) =>
          attacker.begin(
            'impersonate-crs',
            new ImpersonateCrs(stage, values.phone, values.user, random, host),
          ),
      }),
      command({
        name: 'scan-ports',
        summary: 'Find out which TCP ports of the CRS can be reached that are not declared',
        parameters: {
          ports: option(PORT_RANGE, 'a range of at most 1,024 ports, instead of well-known ones'),
        },
        examples: ['scan-ports', 'scan-ports --ports 1-1024'],
        run: ({ ports: range }) => attacker.begin('scan-ports', new ScanPorts(stage, range, host)),
      }),
      command({
        name: 'holdings',
        summary: 'List what it holds',
        parameters: {},
        disturbs: false,
        run: () => attacker.screen(),
      }),
    ],
  });
}
