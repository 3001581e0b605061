/** Lines about the network and its ends: who the CRS knows, who a phone takes for the CRS, and what else can be reached. */
import {
  choice,
  command,
  flag,
  integer,
  option,
  positional,
  TEXT,
  type Command,
} from '../../console/index.ts';
import { Enumerate } from '../attacks/enumerate.ts';
import { ImpersonateCrs } from '../attacks/impersonate-crs.ts';
import { PORT_RANGE, ScanPorts } from '../attacks/scan-ports.ts';
import { attackError } from '../errors.ts';
import { Flood, FLOODS } from '../flood.ts';
import type { Desk } from './desk.ts';

/** `enumerate`: takes a PSK identity, which a tap sees. */
export const enumerate = ({ stage, recorder, random, user, host, begin }: Desk): Command =>
  command({
    name: 'enumerate',
    summary: 'Find out whether the CRS tells users from strangers',
    parameters: { user: positional(user, 'a user whose PSK identity was recorded') },
    examples: ['enumerate alice'],
    run: (values) => begin(new Enumerate(stage, recorder, values.user, random, host)),
  });

/** `impersonate-crs`: takes a place on the phone's link and the user's PSK. */
export const impersonateCrs = ({ stage, taps, random, user, host, begin }: Desk): Command =>
  command({
    name: 'impersonate-crs',
    summary: 'Stand between a phone and the network, and play the CRS to it',
    parameters: {
      phone: positional(TEXT, 'the phone, such as bob-phone'),
      user: positional(user, 'whose it is'),
    },
    examples: ['impersonate-crs bob-phone bob'],
    run: (values) => begin(new ImpersonateCrs(stage, { ...values, random, host, taps })),
  });

/** `scan-ports`: takes nothing but a place on the network. */
export const scanPorts = ({ stage, server, host, begin }: Desk): Command =>
  command({
    name: 'scan-ports',
    summary: 'Find out which TCP ports of the CRS answer somebody who is in no list',
    parameters: {
      crs: option(server, 'which CRS, where there are several; the first one if left out'),
      ports: option(PORT_RANGE, 'a range of ports, instead of well-known ones'),
      undeclared: flag(
        'leave out the declared port, which answers everybody where the firewall lists no sources',
      ),
    },
    examples: ['scan-ports', 'scan-ports --undeclared', 'scan-ports --ports 1-65535'],
    run: ({ crs, ports: range, undeclared }) => {
      const [first = ''] = stage.servers.keys();
      return begin(new ScanPorts(stage, { crs: crs ?? first, range, undeclared, host }));
    },
  });

/** `flood`: takes a place on the network, an identity that a tap saw, or an account. */
export const flood = (desk: Desk): Command =>
  command({
    name: 'flood',
    summary: 'Send the CRS, or a user through it, more than anybody needs',
    parameters: {
      what: positional(choice(...FLOODS), 'what it is of'),
      user: positional(desk.user, 'whose identity is guessed at, or who is called'),
      from: option(desk.user, 'whose account calls'),
      rate: option(integer(1, 100), 'how many a second; 1 if left out'),
      seconds: option(integer(1, 3600), 'for how long; a minute if left out'),
    },
    examples: [
      'flood handshakes alice --rate 10 --seconds 120',
      'flood guesses alice',
      'flood messages bob --from carol',
    ],
    run: ({ what, user, from, rate: perSecond = 1, seconds = 60 }) => {
      const { stage, ports, random, host, holder, recorder } = desk;
      const seenIdentity = recorder.identities((place) => stage.phoneNamed(place)?.user === user).at(-1);
      const held = desk.held();
      const options = {
        what,
        user,
        from,
        perSecond,
        seconds,
        ports,
        random,
        host,
        holder,
        held,
        seenIdentity,
      };
      const release = desk.occupy();
      try {
        new Flood(stage, options).begin(release);
      } catch (error) {
        release();
        throw error;
      }
      return `${perSecond} ${what} a second, for ${seconds} s.`;
    },
  });

/** `send-time`: takes a place on the phone's link, such as a cell of its own. */
export const sendTime = ({ stage, taps }: Desk): Command =>
  command({
    name: 'send-time',
    summary: 'Tell a phone, as its network would, that the time is another',
    parameters: {
      phone: positional(TEXT, 'the phone, such as alice-phone'),
      seconds: positional(integer(-3_000_000, 3_000_000), 'by how many seconds'),
    },
    examples: ['send-time alice-phone -259200'],
    run: ({ phone: name, seconds }) => {
      const phone = stage.phoneNamed(name);
      if (!stage.linksOf(name).some((link) => taps.includes(link.name)))
        throw attackError('ATTACK_NOT_ON_PATH', `no tap is on a link of ${name}`);
      if (phone?.takeNetworkTime?.(seconds * 1000) !== true)
        throw attackError('ATTACK_TIME_IGNORED', `${name} takes no time from the network`);
      return `The clock of ${name} follows.`;
    },
  });
