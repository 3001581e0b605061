/** Lines about being somebody: a clone of a phone is let in, places calls, or takes them. */
import { choice, command, flag, option, positional, type Command } from '../../console/index.ts';
import { BeOfferedAs } from '../attacks/be-offered-as.ts';
import { HeldCall } from '../attacks/held-call.ts';
import { HonestCall } from '../attacks/honest-call.ts';
import { Knock } from '../attacks/knock.ts';
import { ReceiveFromCrs } from '../attacks/receive-from-crs.ts';
import { RegisterAs } from '../attacks/register-as.ts';
import { UseIdentity } from '../attacks/use-identity.ts';
import { OTHER_OFFERS } from '../other-offers.ts';
import type { Desk } from './desk.ts';

/** `register-as`: takes a PSK. */
export const registerAs = ({ stage, recorder, ports, random, user, host, begin }: Desk): Command =>
  command({
    name: 'register-as',
    summary: 'Come in at the CRS as somebody, and leave',
    parameters: {
      user: positional(user, 'as whom'),
      unknown: flag('a PSK identity that nobody has, in place of the one that belongs to the PSK'),
    },
    examples: ['register-as alice', 'register-as alice --unknown'],
    run: (values) => begin(new RegisterAs(stage, recorder, { ...values, ports, random, host })),
  });

/** `knock`: takes a PSK, to be sure that it is the offer that is refused. */
export const knock = ({ stage, ports, random, user, host, begin }: Desk): Command =>
  command({
    name: 'knock',
    summary: 'Come to the TLS port of the CRS as somebody, with something else than the one cipher suite',
    parameters: {
      user: positional(user, 'as whom'),
      offer: positional(choice(...OTHER_OFFERS), 'what is offered'),
    },
    examples: ['knock carol null-cipher', 'knock carol plaintext'],
    run: (values) => begin(new Knock(stage, { ...values, ports, random, host })),
  });

/** `call`: no attack, and a probe only: what honest users can do now. */
export const call = ({ stage, ports, random, user, host, holder, begin }: Desk): Command =>
  command({
    name: 'call',
    summary: 'As a probe only: let one user call another, each on their own phone',
    parameters: {
      user: positional(user, 'who calls'),
      peer: positional(user, 'who is called'),
      hold: flag('find out whether the call that they are in goes on'),
    },
    examples: ['call alice bob', 'call alice bob --hold'],
    run: ({ hold, ...values }) => {
      const options = { ...values, ports, random, host, holder };
      return begin(hold ? new HeldCall(stage, { ...options, by: 'user' }) : new HonestCall(stage, options));
    },
  });

/** `call-as`: the clone of a phone places the call, and the peer's person answers. */
export const callAs = ({ stage, ports, random, user, host, holder, begin }: Desk): Command =>
  command({
    name: 'call-as',
    summary: 'Call somebody with a clone of a phone',
    parameters: {
      user: positional(user, 'whose phone'),
      peer: positional(user, 'who is called'),
      hold: flag("find out whether the call that the attacker's own phone is in goes on"),
      unwrap: flag('open the key packages at hand on the way'),
    },
    examples: ['call-as alice bob', 'call-as alice bob --hold', 'call-as alice bob --unwrap'],
    run: ({ hold, unwrap: unwraps, ...values }) => {
      const options = { ...values, ports, random, host, holder };
      return begin(
        hold
          ? new HeldCall(stage, { ...options, by: 'attacker' })
          : new UseIdentity(stage, { ...options, unwraps, direction: 'call' }),
      );
    },
  });

/** `receive-as`: the clone waits to be called. */
export const receiveAs = ({ stage, ports, random, user, host, holder, begin, beginOnCrs }: Desk): Command =>
  command({
    name: 'receive-as',
    summary: 'Take a call that somebody places to the owner of a phone, with a clone of it',
    parameters: {
      user: positional(user, 'whose phone'),
      peer: positional(user, 'who calls'),
      via: option(choice('crs'), 'the CRS hands the call over: no PSK is needed'),
    },
    examples: ['receive-as alice bob', 'receive-as alice bob --via crs'],
    run: ({ via, ...values }) => {
      const options = { ...values, direction: 'receive' as const, ports, random, host, holder };
      if (via === undefined) return begin(new UseIdentity(stage, options));
      return beginOnCrs(() => ({ attack: new ReceiveFromCrs(stage, options), users: [values.user] }));
    },
  });

/** `be-offered-as`: takes a PSK, and no RSK. */
export const beOfferedAs = ({ stage, ports, random, user, host, begin }: Desk): Command =>
  command({
    name: 'be-offered-as',
    summary: 'Be offered a call that somebody places to the owner of a PSK, without answering it',
    parameters: { user: positional(user, 'in whose place'), peer: positional(user, 'who calls') },
    examples: ['be-offered-as alice bob'],
    run: (values) => begin(new BeOfferedAs(stage, { ...values, ports, random, host })),
  });
