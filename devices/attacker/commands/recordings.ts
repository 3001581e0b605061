/** Lines about what was recorded, by a tap or by the CRS: the calls, their signalling, and who called whom. */
import { choice, command, flag, option, positional, type Command } from '../../console/index.ts';
import { CallGraph } from '../attacks/call-graph.ts';
import { DecryptCall } from '../attacks/decrypt-call.ts';
import { ReadSignalling } from '../attacks/read-signalling.ts';
import { SearchRelay } from '../attacks/search-relay.ts';
import { CALL, type Desk } from './desk.ts';

/** `decrypt`: media with an I_MESSAGE and the key that opens it. */
export const decrypt = ({ stage, recorder, begin, beginOnCrs }: Desk): Command =>
  command({
    name: 'decrypt',
    summary: 'Decrypt a recorded call',
    parameters: { call: CALL, with: option(choice('crs'), 'who helps: the CRS hands over signalling') },
    examples: ['decrypt bob-to-alice#1', 'decrypt bob-to-alice#3 --with crs'],
    disturbs: false,
    run: ({ call, with: helper }) => {
      if (helper === undefined) return begin(new DecryptCall(stage, recorder, { call, crsHelps: false }));
      return beginOnCrs(() => ({
        attack: new DecryptCall(stage, recorder, { call, crsHelps: true }),
        users: [stage.nameOf(stage.call(call).to)],
      }));
    },
  });

/** `read-signalling`: recorded TLS with a PSK. */
export const readSignalling = ({ stage, recorder, user, begin }: Desk): Command =>
  command({
    name: 'read-signalling',
    summary: "Read a user's recorded signalling",
    parameters: { user: positional(user, 'whose'), 'given-psk': flag('as if the PSK had come to hand') },
    examples: ['read-signalling alice --given-psk'],
    disturbs: false,
    run: (values) => begin(new ReadSignalling(stage, recorder, values.user, values['given-psk'])),
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
