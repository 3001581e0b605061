/** Lines about I_MESSAGEs that a phone should not believe: forged, recorded before, or put in the place of another. */
import { periodOf } from '../../../network/mikey/index.ts';
import type { Reason } from '../../reason.ts';
import { choice, command, flag, option, positional, TEXT, type Command } from '../../console/index.ts';
import { Forge } from '../attacks/forge.ts';
import type { WayIn } from '../attacks/present-message.ts';
import { obviousPsk, type HeldPsk } from '../holdings.ts';
import { lackingPskOf } from '../leg.ts';
import { Replay } from '../attacks/replay.ts';
import { StripOffer } from '../attacks/strip-offer.ts';
import { Substitute } from '../attacks/substitute.ts';
import { CALL, INSTANT, PERIOD, type Desk } from './desk.ts';

/** The word for a place in front of the phone. */
const ON_PATH = 'on-path';
/** The word for the CRS, within the call that the two are in. */
const IN_CALL = 'call';

/** `forge`: takes the SSK of a user, and a way to the phone: a PSK, or the CRS. */
export const forge = (desk: Desk): Command => {
  const { stage, ports, random, user, host, holder, begin, beginOnCrs } = desk;
  return command({
    name: 'forge',
    summary: 'Sign a call as a user and get it to a phone',
    parameters: {
      user: positional(user, 'whose name'),
      peer: positional(user, 'whose phone'),
      via: option(
        TEXT,
        'the account it goes through; crs; call, for new keys within the call that the two are in; or on-path, playing the CRS to the phone',
      ),
      month: option(PERIOD, 'month of the keys and the identifier'),
      sent: option(INSTANT, 'T of the message'),
      minted: flag('with keys made of master secrets, whatever else is held'),
    },
    examples: [
      'forge alice bob --via carol',
      'forge alice bob --via on-path',
      'forge alice bob --via crs --month 2015-10 --sent 2015-10-31T23:58:00Z',
      'forge alice bob --via call --month 2015-10',
      'forge alice bob --via crs --minted',
    ],
    run: ({ user: as, peer, via, month, sent, minted }) => {
      const way = via === ON_PATH ? onPathTo(desk, peer) : wayOf(desk, via ?? as);
      const attack = new Forge(stage, {
        ...{ user: as, peer, way, month, sent, minted },
        ...{ ports, random, host, holder },
      });
      return way.through === 'crs' ? beginOnCrs(() => ({ attack, users: [peer] })) : begin(attack);
    },
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
      beginOnCrs(() => {
        const attack = new Replay(stage, recorder, { call, malleated, afterRestart, ports, random, host });
        return { attack, users: [stage.nameOf(stage.call(call).to)] };
      }),
  });

/** `substitute`: takes the CRS, and the keys of another user, or for the content those of the caller. */
export const substitute = ({ stage, random, user, beginOnCrs }: Desk): Command =>
  command({
    name: 'substitute',
    summary: 'Replace the I_MESSAGE of the next call on its way through the CRS, or take it out',
    parameters: {
      what: positional(choice('identity', 'content', 'strip'), 'what is to change'),
      caller: positional(user, 'who calls'),
      callee: positional(user, 'who is called'),
    },
    examples: ['substitute identity alice bob', 'substitute strip alice bob'],
    run: ({ what, caller, callee }) =>
      beginOnCrs(() => ({
        attack:
          what === 'strip'
            ? new StripOffer(stage, caller, callee)
            : new Substitute(stage, { what, caller, callee, random }),
        users: [caller],
      })),
  });

/** The way that `--via` names. Errors: ATTACK_NO_USER. */
function wayOf({ user }: Desk, via: string): WayIn {
  if (via === IN_CALL) return { through: 'crs', within: 'the call' };
  return via === 'crs' ? { through: 'crs' } : { through: 'account', user: user.read(via) ?? via };
}

/** In front of the callee's phone, with the PSKs that are held by then. */
function onPathTo({ stage, taps, held }: Desk, user: string): WayIn {
  const keyring = (identity: string): HeldPsk | undefined =>
    held().psks.findLast((psk) => psk.identity === identity) ?? obviousPsk(identity);
  const lacking = (identity: string | undefined): readonly Reason[] => {
    const phone = stage.handsetOf(user);
    const owner = { number: stage.numberOf(user), period: periodOf(phone?.unixMs ?? stage.unixMs) };
    const leg = { client: phone?.name ?? '', identity, isEphemeral: false, beganAt: 0, endedAt: 0 };
    return lackingPskOf(held(), owner, [leg]);
  };
  return { through: 'path', user, rogue: { taps, keyring, lacking } };
}
