/**
 * The mobile device management server: it can order a phone to wipe itself. The order works when, and only when, the phone
 * can be reached; a phone that the thief set up is not in its list at all (clauses para-21 and para-30).
 */
import { CalldrillError } from '../../sim/errors.ts';
import { MILLISECOND } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';
import type { Attachment, DatagramSocket } from '../../network/fabric.ts';
import type { Physical } from '../physical.ts';
import type { Ports } from '../ports.ts';
import type { ChartValue } from '../chart-table.ts';
import { Statechart } from '../statechart.ts';
import { wipeOrderMachine } from './machine.ts';
import { decodeWipeMessage, encodeWipeMessage, MDM_AGENT_PORT } from './wipe-message.ts';

declare module '../../sim/trace.ts' {
  interface TraceEvents {
    'mdm.wipe-ordered': { phone: string; order: number };
    'mdm.wipe-sent': { phone: string; order: number; attempt: number };
    'mdm.wipe-acknowledged': { phone: string; order: number };
  }
}

/** Attempts that are traced one by one; after that only the acknowledgement is. */
const ATTEMPTS_TRACED = 3;

interface WipeOrder {
  readonly phone: string;
  readonly chart: Statechart<typeof wipeOrderMachine>;
  attempts: number;
}

/** An MDM as a plain value. Orders are sent again by timers that are the clock's. */
export type MdmState = {
  /** The UDP port that phones answer to. */
  readonly port: number;
  /** In the order of their numbers. */
  readonly orders: readonly {
    readonly phone: string;
    readonly chart: ChartValue;
    readonly attempts: number;
  }[];
};

/** Knows phones by their host names, and has one order for each that it was told to wipe. */
export class Mdm implements Physical, Kept<MdmState> {
  readonly name: string;
  readonly #ports: Ports;
  readonly #phones: readonly string[];
  readonly #socket: DatagramSocket;
  readonly #orders: WipeOrder[] = [];

  /** `phones` are the host names of the phones it manages; `kept` is what one was. */
  constructor(
    name: string,
    ports: Ports,
    attachment: Attachment,
    phones: readonly string[],
    kept?: MdmState,
  ) {
    this.name = name;
    this.#ports = ports;
    this.#phones = phones;
    this.#socket = attachment.openDatagram(kept?.port ?? 0, (from, octets) =>
      this.#receive(from.host, octets),
    );
    for (const [index, { phone, chart, attempts }] of (kept?.orders ?? []).entries())
      this.#orders.push({ phone, chart: this.#chartOf(index + 1, chart), attempts });
  }

  save(): MdmState {
    return {
      port: this.#socket.local.port,
      orders: this.#orders.map(({ phone, chart, attempts }) => ({ phone, chart: chart.save(), attempts })),
    };
  }

  /** Host names of the phones it manages. */
  get phones(): readonly string[] {
    return this.#phones;
  }

  screen(): readonly string[] {
    return this.#orders.map(
      ({ phone, chart, attempts }, index) =>
        `order ${index + 1}: wipe ${phone}: ${chart.value}, sent ${attempts} times`,
    );
  }

  /** Orders a phone to wipe itself, again and again until it says that it has; returns the number of the order. */
  order(phone: string): number {
    const order = this.#orders.length + 1;
    this.#ports.trace.append('mdm.wipe-ordered', this.name, { phone, order });
    const chart = this.#chartOf(order);
    this.#orders.push({ phone, chart, attempts: 0 });
    chart.start();
    return order;
  }

  #chartOf(order: number, kept?: ChartValue): Statechart<typeof wipeOrderMachine> {
    return new Statechart(wipeOrderMachine, {
      clock: this.#ports.clock,
      name: `${this.name}:order-${order}`,
      input: { retryMs: this.#ports.deployment['wipe-retry'] / MILLISECOND, send: () => this.#send(order) },
      kept,
    });
  }

  #send(number: number): void {
    const order = this.#orders[number - 1];
    if (order === undefined) return;
    order.attempts++;
    if (order.attempts <= ATTEMPTS_TRACED) {
      this.#ports.trace.append('mdm.wipe-sent', this.name, {
        phone: order.phone,
        order: number,
        attempt: order.attempts,
      });
    }
    this.#socket.send(
      { host: order.phone, port: MDM_AGENT_PORT },
      encodeWipeMessage({ kind: 'wipe', order: number }),
    );
  }

  #receive(host: string, octets: Uint8Array): void {
    try {
      const message = decodeWipeMessage(octets);
      const order = this.#orders[message.order - 1];
      if (message.kind !== 'wiped' || order?.phone !== host || order.chart.done) return;
      order.chart.send({ type: 'ACKNOWLEDGED' });
      this.#ports.trace.append('mdm.wipe-acknowledged', this.name, { phone: host, order: message.order });
    } catch (error) {
      // Anybody may send to the port; what is not a message is nobody's order.
      if (!(error instanceof CalldrillError)) throw error;
    }
  }
}
