/**
 * What only somebody who has the whole server in their hands does: no line of its administrator's console does it, and no call is bent for the
 * time of one attack. A PSK of their own, calls that vanish, and a log without some lines stay until somebody finds them.
 */
import { fromAscii } from '../../sim/octets.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import type { CrsCredential } from './credential.ts';
import type { Exchange } from './exchange.ts';
import type { Memory } from './memory.ts';

/** The acts, one each. None is in the trace by itself: what is seen of them, the log and the phones say. */
export class Insider {
  readonly #memory: Memory;
  readonly #exchange: Exchange;

  constructor(memory: Memory, exchange: Exchange) {
    this.#memory = memory;
    this.#exchange = exchange;
  }

  /** A way in for a user that came with no disc; the log has it. Errors: CRS_UNKNOWN_USER. */
  addPsk(credential: CrsCredential): void {
    const { identity, psk, number, period } = credential;
    this.#memory.accounts.add(credential);
    this.#memory.disk.write(`identity/${period}/${number}/added`, fromAscii(identity));
    this.#memory.disk.write(`psk/${period}/${number}/added`, psk);
    this.#memory.note('PSK added by hand', number, identity);
    this.#memory.keep();
  }

  /** Calls from one number to another are taken and go nowhere from now on. No log has them. */
  dropCalls(from: TelNumber, to: TelNumber): void {
    this.#exchange.dropCalls(from, to);
  }

  /** Takes the lines about a subject out of the log of this machine. Returns how many there were. */
  editLog(subject: string): number {
    const gone = this.#memory.log.remove(subject);
    this.#memory.keep();
    return gone;
  }
}
