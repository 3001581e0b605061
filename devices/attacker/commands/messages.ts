/** Lines about I_MESSAGEs that a phone should not believe: forged, recorded before, or put in the place of another. */
import { choice, command, flag, option, positional, TEXT, type Command } from '../../console/index.ts';
import { Forge } from '../attacks/forge.ts';
import type { Path } from '../attacks/present-message.ts';
import { Replay } from '../attacks/replay.ts';
import { Substitute } from '../attacks/substitute.ts';
import { CALL, INSTANT, PERIOD, type Desk } from './desk.ts';

/** `forge`, and `backdate` when it says T: takes the SSK of a user, and a way to the phone. */
export const forge = (desk: Desk): Command => {
  const { stage, ports, random, user, host, begin } = desk;
  return command({
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
      begin(
        sent === undefined ? 'forge' : 'backdate',
        new Forge(stage, { user: as, peer, path: pathOf(desk, via ?? as), month, sent, ports, random, host }),
      ),
  });
};

/** `replay`: takes the CRS. */
export const replay = ({ stage, recorder, ports, random, host, beginOnCrs }: Desk): Command =>
  command({
    name: 'replay',
    summary: 'Present a recorded I_MESSAGE again',
    parameters: {
      call: CALL,
      malleated: flag('with the other valid form of its signature'),
      'after-restart': flag("after a restart of the callee's app"),
    },
    examples: ['replay alice-to-bob#1', 'replay alice-to-bob#1 --malleated'],
    run: ({ call, malleated, 'after-restart': afterRestart }) =>
      beginOnCrs('replay', () => {
        const attack = new Replay(stage, recorder, { call, malleated, afterRestart, ports, random, host });
        return { attack, users: [stage.nameOf(stage.call(call).to)] };
      }),
  });

/** `substitute`: takes the CRS, and for an identity the keys of another user. */
export const substitute = ({ stage, random, colludes, user, beginOnCrs }: Desk): Command =>
  command({
    name: 'substitute',
    summary: 'Replace the I_MESSAGE of the next call on its way through the CRS',
    parameters: {
      what: positional(choice('identity', 'content'), 'what is to change'),
      caller: positional(user, 'who calls'),
      callee: positional(user, 'who is called'),
    },
    examples: ['substitute identity alice bob'],
    run: ({ what, caller, callee }) =>
      beginOnCrs('substitute', () => ({
        attack: new Substitute(stage, { what, caller, callee, colluder: colludes ?? caller, random }),
        users: [caller],
      })),
  });

/** The way that `--via` names. Errors: ATTACK_NO_USER. */
function pathOf({ user }: Desk, via: string): Path {
  return via === 'crs' ? { through: 'crs' } : { through: 'account', user: user.read(via) ?? via };
}
