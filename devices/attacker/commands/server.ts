/**
 * Lines of whoever has a whole CRS in their hands, and not only for the time of one attack: what they do stays until somebody finds it
 * (para-17-b1).
 */
import { periodOf } from '../../../network/mikey/index.ts';
import { command, positional, type Command } from '../../console/index.ts';
import type { Crs } from '../../crs/index.ts';
import { newPsk } from '../admitted.ts';
import { attackError } from '../errors.ts';
import { NOTHING } from '../holdings.ts';
import type { Desk } from './desk.ts';

declare module '../../../sim/trace.ts' {
  interface TraceEvents {
    /** Put a PSK of its own making on the CRS, for the number of a user. */
    'attack.psk-added': { user: string; number: string; identity: string };
    /** Calls from one user to another go nowhere from now on. */
    'attack.calls-dropped': { from: string; to: string };
    /** Took so many lines about a user out of the log of the CRS. */
    'attack.log-edited': { user: string; number: string; lines: number };
  }
}

/** `add-psk`: takes the CRS. */
export const addPsk = (desk: Desk): Command =>
  command({
    name: 'add-psk',
    summary: 'Put a PSK of your own on the CRS that you control, for the number of a user',
    parameters: { user: positional(desk.user, 'whose number') },
    examples: ['add-psk alice'],
    run: ({ user }) => {
      const { stage, holder, ports, random } = desk;
      const server = controlled(desk, [user]);
      const [number, period] = [stage.numberOf(user), periodOf(stage.unixMs)];
      const psk = newPsk({ random }, number, period);
      server.insider.addPsk({ ...psk, number, period });
      ports.trace.append('attack.psk-added', holder, { user, number, identity: psk.identity });
      desk.makes({ ...NOTHING, psks: [psk] });
      return `${server.name} lets in ${psk.identity} as ${user}.`;
    },
  });

/** `drop-calls`: takes the CRS. */
export const dropCalls = (desk: Desk): Command =>
  command({
    name: 'drop-calls',
    summary: 'Let calls from one user to another vanish on the CRS that you control',
    parameters: {
      caller: positional(desk.user, 'who calls'),
      callee: positional(desk.user, 'who is called'),
    },
    examples: ['drop-calls alice bob'],
    run: ({ caller: from, callee: to }) => {
      const { stage, holder, ports } = desk;
      const server = controlled(desk, [from, to]);
      server.insider.dropCalls(stage.numberOf(from), stage.numberOf(to));
      ports.trace.append('attack.calls-dropped', holder, { from, to });
      return `Calls from ${from} to ${to} go nowhere.`;
    },
  });

/** `edit-log`: takes the CRS. */
export const editLog = (desk: Desk): Command =>
  command({
    name: 'edit-log',
    summary: 'Take the lines about a user out of the log of the CRS that you control',
    parameters: { user: positional(desk.user, 'about whom') },
    examples: ['edit-log alice'],
    run: ({ user }) => {
      const { stage, holder, ports } = desk;
      const server = controlled(desk, [user]);
      const number = stage.numberOf(user);
      const lines = server.insider.editLog(number);
      ports.trace.append('attack.log-edited', holder, { user, number, lines });
      return `${lines} lines about ${user} are gone.`;
    },
  });

/** The CRS in its hands, on which these users are. Errors: ATTACK_NO_CRS. */
function controlled(
  { stage, controls, holder }: Desk,
  users: readonly string[],
): Pick<Crs, 'name' | 'insider'> {
  const server = controls === undefined ? undefined : stage.servers.get(controls);
  if (server === undefined) throw attackError('ATTACK_NO_CRS', `${holder} does not control the CRS`);
  const other = users.find((user) => stage.crsOf(user) !== server);
  if (other !== undefined)
    throw attackError('ATTACK_NO_CRS', `${holder} controls ${server.name}, and ${other} is not on it`);
  return server;
}
