/** The attacker's console: each attack is a line. The lines stand in `commands/`, a file for each family. */
import type { Trace } from '../../sim/trace.ts';
import { command, Console, type Command } from '../console/index.ts';
import type { Attacker } from './attacker.ts';
import { deskOf, type Desk } from './commands/desk.ts';
import { beOfferedAs, call, callAs, knock, receiveAs, registerAs } from './commands/identities.ts';
import { forge, replay, substitute } from './commands/messages.ts';
import { enumerate, flood, impersonateCrs, scanPorts, sendTime } from './commands/network.ts';
import { fetchPackage, servePackage, unwrapPackage } from './commands/packages.ts';
import {
  callGraph,
  decrypt,
  escrow,
  readSignalling,
  searchMedium,
  searchRelay,
  unroll,
} from './commands/recordings.ts';
import { addPsk, dropCalls, editLog } from './commands/server.ts';
import { mint, plantPayload, read } from './commands/things.ts';

const holdings = ({ screen }: Desk): Command =>
  command({
    name: 'holdings',
    summary: 'List what it holds',
    parameters: {},
    disturbs: false,
    run: () => screen(),
  });

/** In the order in which help lists them. */
const COMMANDS: readonly ((desk: Desk) => Command)[] = [
  decrypt,
  escrow,
  readSignalling,
  unroll,
  searchMedium,
  searchRelay,
  callGraph,
  registerAs,
  knock,
  call,
  callAs,
  receiveAs,
  beOfferedAs,
  fetchPackage,
  unwrapPackage,
  servePackage,
  forge,
  replay,
  substitute,
  enumerate,
  impersonateCrs,
  scanPorts,
  flood,
  sendTime,
  read,
  plantPayload,
  mint,
  addPsk,
  dropCalls,
  editLog,
  holdings,
];

/** A console on which `attacker` types its attacks. Whoever puts it together may add the commands of its hands. */
export function attackerConsole(attacker: Attacker, trace: Trace): Console {
  const desk = deskOf(attacker);
  return new Console({
    owner: attacker.name,
    title: 'An attacker',
    trace,
    screen: () => attacker.screen(),
    commands: () => COMMANDS.map((commandOf) => commandOf(desk)),
  });
}
