/** Lines about being somebody: a clone of a phone places calls, or takes them. */
import { command, positional, type Command } from '../../console/index.ts';
import { UseIdentity } from '../attacks/use-identity.ts';
import type { Desk } from './desk.ts';

/** `call-as`: the clone of a phone places the call, and the peer's person answers. */
export const callAs = ({ stage, ports, random, user, host, begin }: Desk): Command =>
  command({
    name: 'call-as',
    summary: 'Call somebody with a clone of a phone',
    parameters: { user: positional(user, 'whose phone'), peer: positional(user, 'who is called') },
    examples: ['call-as alice bob'],
    run: (values) => begin(new UseIdentity(stage, { ...values, direction: 'call', ports, random, host })),
  });

/** `receive-as`: the clone waits to be called. */
export const receiveAs = ({ stage, ports, random, user, host, begin }: Desk): Command =>
  command({
    name: 'receive-as',
    summary: 'Take a call that somebody places to the owner of a phone, with a clone of it',
    parameters: { user: positional(user, 'whose phone'), peer: positional(user, 'who calls') },
    examples: ['receive-as alice bob'],
    run: (values) => begin(new UseIdentity(stage, { ...values, direction: 'receive', ports, random, host })),
  });
