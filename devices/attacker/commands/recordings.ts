/** Lines about what was recorded, by a tap or by the CRS: the calls, their signalling, and who called whom. */
import { choice, command, flag, option, positional, TEXT, type Command } from '../../console/index.ts';
import { CallGraph } from '../attacks/call-graph.ts';
import { DecryptCall } from '../attacks/decrypt-call.ts';
import { OpenEscrow } from '../attacks/escrow.ts';
import { ReadSignalling } from '../attacks/read-signalling.ts';
import { cameTooLate, SearchMedium } from '../attacks/search-medium.ts';
import { SearchRelay } from '../attacks/search-relay.ts';
import { Unroll } from '../attacks/unroll.ts';
import { attackError } from '../errors.ts';
import { CALL, INSTANT, PERIOD, type Desk } from './desk.ts';

/** `decrypt`: media with an I_MESSAGE and the key that opens it. */
export const decrypt = ({ stage, recorder, begin, beginOnCrs }: Desk): Command =>
  command({
    name: 'decrypt',
    summary: 'Decrypt a recorded call',
    parameters: {
      call: CALL,
      with: option(choice('crs'), 'who helps: the CRS hands over signalling'),
      'given-psk': flag('as if the PSK of the callee had come to hand'),
      unwrap: flag('open the key packages at hand on the way'),
      since: option(INSTANT, 'only what came from then on, under the keys that the call had then'),
    },
    examples: [
      'decrypt bob-to-alice#1',
      'decrypt bob-to-alice#3 --with crs',
      'decrypt bob-to-alice#1 --unwrap',
      'decrypt bob-to-alice#1 --since 2015-11-01T00:00:00Z',
    ],
    disturbs: false,
    run: ({ call, with: helper, 'given-psk': pskGiven, unwrap: unwraps, since }) => {
      const options = { call, pskGiven, unwraps, since };
      if (helper === undefined) return begin(new DecryptCall(stage, recorder, options));
      return beginOnCrs(() => ({
        attack: new DecryptCall(stage, recorder, { ...options, crsHelps: true }),
        users: [stage.nameOf(stage.call(call).to)],
      }));
    },
  });

/** `escrow`: media with an I_MESSAGE and the z_T of the KMS. */
export const escrow = ({ stage, recorder, begin, beginOnCrs }: Desk): Command =>
  command({
    name: 'escrow',
    summary: 'Decrypt a recorded call with the master secret of the KMS',
    parameters: {
      call: CALL,
      with: option(choice('crs'), 'who helps: the CRS hands over signalling'),
    },
    examples: ['escrow bob-to-alice#1', 'escrow bob-to-alice#1 --with crs'],
    disturbs: false,
    run: ({ call, with: helper }) => {
      if (helper === undefined) return begin(new OpenEscrow(stage, recorder, { call, crsHelps: false }));
      return beginOnCrs(() => ({
        attack: new OpenEscrow(stage, recorder, { call, crsHelps: true }),
        users: [stage.nameOf(stage.call(call).to)],
      }));
    },
  });

/** `read-signalling`: recorded TLS with a PSK. */
export const readSignalling = ({ stage, recorder, user, begin }: Desk): Command =>
  command({
    name: 'read-signalling',
    summary: "Read a user's recorded signalling",
    parameters: {
      user: positional(user, 'whose'),
      'given-psk': flag('as if the PSK had come to hand'),
      unroll: flag('go on from month to month, with the key packages that were recorded'),
      since: option(INSTANT, 'only sessions that began from then on'),
    },
    examples: [
      'read-signalling alice --given-psk',
      'read-signalling alice --unroll',
      'read-signalling alice --since 2015-11-27T15:00:00Z',
    ],
    disturbs: false,
    run: ({ user: whose, 'given-psk': isGiven, unroll: unrolls, since }) => {
      const keys = isGiven ? 'given' : unrolls ? 'unrolled' : 'held';
      return begin(new ReadSignalling(stage, recorder, whose, keys, since));
    },
  });

/** `unroll`: one code, and a recording of every fetch since. */
export const unroll = ({ stage, recorder, user, begin }: Desk): Command =>
  command({
    name: 'unroll',
    summary:
      'Go on from the keys of one month to those of a later one, with the key packages that were recorded',
    parameters: {
      user: positional(user, 'whose months'),
      month: positional(PERIOD, 'the month that is to be reached'),
    },
    examples: ['unroll alice 2016-01'],
    disturbs: false,
    run: (values) => begin(new Unroll(stage, recorder, values)),
  });

/** `search-medium`: a wiped, sold or seized phone in hand, and its remnants. */
export const searchMedium = ({ stage, recorder, ports, random, host, holder, begin }: Desk): Command =>
  command({
    name: 'search-medium',
    summary:
      'Search a phone, a disk, a disc or a print that you have for keys that were wiped, deleted, replaced or cut up, and try them',
    parameters: { medium: positional(TEXT, 'the medium') },
    examples: ['search-medium alice-phone', 'search-medium cms-disk'],
    run: ({ medium }) => {
      const isThere = (): boolean =>
        (stage.lookAt(holder, medium) ?? stage.storageInHand(holder, medium)) !== undefined;
      if (!cameTooLate(stage, holder, medium) && !isThere())
        throw attackError('ATTACK_NOT_IN_HAND', `${holder} does not have ${medium}`);
      return begin(new SearchMedium(stage, recorder, { medium, ports, random, host, holder }));
    },
  });

/** `search-relay`: the octets of the CRS, for a key of a call that went through it. */
export const searchRelay = ({ stage, recorder, beginOnCrs }: Desk): Command =>
  command({
    name: 'search-relay',
    summary: 'Search the CRS for anything that opens the media of a call',
    parameters: { call: CALL },
    examples: ['search-relay alice-to-bob#1'],
    disturbs: false,
    run: (values) =>
      beginOnCrs(() => ({
        attack: new SearchRelay(stage, recorder, values.call),
        users: [stage.nameOf(stage.call(values.call).from)],
      })),
  });

/** `call-graph`: metadata, of which the CRS has all. */
export const callGraph = ({ stage, beginOnCrs }: Desk): Command =>
  command({
    name: 'call-graph',
    summary: 'Rebuild who called whom from the logs of the CRS',
    parameters: {},
    disturbs: false,
    run: () => beginOnCrs((crs) => ({ attack: new CallGraph(stage, crs), users: [] })),
  });
