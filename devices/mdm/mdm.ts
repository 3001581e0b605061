/**
 * The mobile device management server: it can order a phone to wipe itself, to say what it runs, and to keep to a policy. An order works
 * when, and only when, the phone can be reached; a phone that the thief set up is not in its list at all (clauses para-21 and para-30).
 */
import { CalldrillError } from '../../sim/errors.ts';
import { MILLISECOND } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';
import type { Attachment, DatagramSocket } from '../../network/fabric.ts';
import type { Physical } from '../physical.ts';
import type { Ports } from '../ports.ts';
import type { ChartValue } from '../chart-table.ts';
import { Statechart } from '../statechart.ts';
import './events.ts';
import { orderMachine } from './machine.ts';
import {
  decodeMdmMessage,
  encodeMdmMessage,
  MDM_AGENT_PORT,
  mdmError,
  type MdmMessage,
} from './mdm-message.ts';
import { findingsOf, type MdmBook } from './versions.ts';

/** Attempts that are traced one by one; after that only the answer is. */
const ATTEMPTS_TRACED = 3;

/** What a phone is told to do. */
type OrderKind = 'wipe' | 'inventory' | 'policy';

/** What an order of each kind is answered with. */
const ANSWERS = { wipe: 'wiped', inventory: 'report', policy: 'kept' } as const;

type OrderWords = {
  readonly kind: OrderKind;
  readonly phone: string;
  /** The setting of a policy and its value; none of the others. */
  readonly values: { readonly [name: string]: string };
};

interface Order extends OrderWords {
  readonly chart: Statechart<typeof orderMachine>;
  attempts: number;
}

/** An MDM as a plain value. Orders are sent again by timers that are the clock's. */
export type MdmState = {
  /** The UDP port that phones answer to. */
  readonly port: number;
  /** In the order of their numbers. */
  readonly orders: readonly (OrderWords & { readonly chart: ChartValue; readonly attempts: number })[];
  readonly book: MdmBook;
};

/** Knows phones by their host names, and has one order for each thing that it was told to do to one. */
export class Mdm implements Physical, Kept<MdmState> {
  readonly name: string;
  readonly #ports: Ports;
  readonly #phones: readonly string[];
  readonly #socket: DatagramSocket;
  readonly #orders: Order[] = [];
  #book: MdmBook;

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
    this.#book = kept?.book ?? { versions: [], apps: [] };
    this.#socket = attachment.openDatagram(kept?.port ?? 0, (from, octets) =>
      this.#receive(from.host, octets),
    );
    for (const [index, { chart, ...words }] of (kept?.orders ?? []).entries())
      this.#orders.push({ ...words, chart: this.#chartOf(index + 1, chart) });
  }

  save(): MdmState {
    return {
      port: this.#socket.local.port,
      orders: this.#orders.map(({ chart, ...words }) => ({ ...words, chart: chart.save() })),
      book: this.#book,
    };
  }

  /** Host names of the phones it manages. */
  get phones(): readonly string[] {
    return this.#phones;
  }

  screen(): readonly string[] {
    return this.#orders.map(
      ({ kind, phone, values, chart, attempts }, index) =>
        `order ${index + 1}: ${[kind, phone, ...Object.entries(values).flat()].join(' ')}: ${chart.value}, sent ${attempts} times`,
    );
  }

  /** Releases that it knows of, and what stands for each. */
  get versions(): readonly string[] {
    return this.#book.versions.map(({ platform, version, validated, decision }) =>
      [
        `${platform} ${version}`,
        ...(validated ? ['validated'] : []),
        ...(decision === null ? [] : [decision]),
      ].join(', '),
    );
  }

  /** Orders a phone to wipe itself, again and again until it says that it has; returns the number of the order. */
  order(phone: string): number {
    const order = this.#orders.length + 1;
    this.#ports.trace.append('mdm.wipe-ordered', this.name, { phone, order });
    return this.#begin({ kind: 'wipe', phone, values: {} });
  }

  /** Asks a phone what it runs, again and again until it says; returns the number of the order. */
  takeInventory(phone: string): number {
    const order = this.#orders.length + 1;
    this.#ports.trace.append('mdm.inventory-asked', this.name, { phone, order });
    return this.#begin({ kind: 'inventory', phone, values: {} });
  }

  /** Has a phone keep to a policy, once it has heard of it; returns the number of the order. */
  setPolicy(phone: string, setting: string, value: string): number {
    const order = this.#orders.length + 1;
    this.#ports.trace.append('mdm.policy-set', this.name, { phone, order, setting, value });
    return this.#begin({ kind: 'policy', phone, values: { [setting]: value } });
  }

  /** Lets an application be on a phone: inventories name it no more. */
  allowApp(phone: string, app: string): void {
    this.#book = { ...this.#book, apps: [...this.#book.apps, { phone, app }] };
    this.#ports.trace.append('mdm.app-allowed', this.name, { phone, app });
  }

  /** Enters a version that came out, with whether its module is validated by then. */
  release(platform: string, version: string, validated: boolean): void {
    const others = this.#book.versions.filter(
      (each) => each.platform !== platform || each.version !== version,
    );
    this.#book = { ...this.#book, versions: [...others, { platform, version, validated, decision: null }] };
    this.#ports.trace.append('mdm.version-released', this.name, { platform, version, validated });
  }

  /** Enters that the module of a version is validated now. Errors: MDM_UNKNOWN_VERSION. */
  validate(platform: string, version: string): void {
    this.#change(platform, version, { validated: true });
    this.#ports.trace.append('mdm.version-validated', this.name, { platform, version });
  }

  /** Enters the decision by which a version may be run. Errors: MDM_UNKNOWN_VERSION. */
  allowVersion(platform: string, version: string, decision: string): void {
    this.#change(platform, version, { decision });
    this.#ports.trace.append('mdm.version-allowed', this.name, { platform, version, decision });
  }

  #change(
    platform: string,
    version: string,
    to: Partial<Pick<MdmBook['versions'][number], 'validated' | 'decision'>>,
  ): void {
    const { versions } = this.#book;
    if (!versions.some((each) => each.platform === platform && each.version === version))
      throw mdmError('MDM_UNKNOWN_VERSION', `no release of ${platform} ${version} was entered`);
    this.#book = {
      ...this.#book,
      versions: versions.map((each) =>
        each.platform === platform && each.version === version ? { ...each, ...to } : each,
      ),
    };
  }

  #begin(words: OrderWords): number {
    const number = this.#orders.length + 1;
    const chart = this.#chartOf(number);
    this.#orders.push({ ...words, chart, attempts: 0 });
    chart.start();
    return number;
  }

  #chartOf(order: number, kept?: ChartValue): Statechart<typeof orderMachine> {
    return new Statechart(orderMachine, {
      clock: this.#ports.clock,
      name: `${this.name}:order-${order}`,
      input: { retryMs: this.#ports.deployment['wipe-retry'] / MILLISECOND, send: () => this.#send(order) },
      kept,
    });
  }

  #send(number: number): void {
    const order = this.#orders[number - 1];
    if (order === undefined) return;
    const { kind, phone, values } = order;
    order.attempts++;
    if (kind === 'wipe' && order.attempts <= ATTEMPTS_TRACED) {
      const data = { phone, order: number, attempt: order.attempts };
      this.#ports.trace.append('mdm.wipe-sent', this.name, data);
    }
    this.#socket.send(
      { host: phone, port: MDM_AGENT_PORT },
      encodeMdmMessage({ kind, order: number, values }),
    );
  }

  #receive(host: string, octets: Uint8Array): void {
    try {
      const message = decodeMdmMessage(octets);
      const order = this.#orders[message.order - 1];
      if (order?.phone !== host || message.kind !== ANSWERS[order.kind] || order.chart.done) return;
      order.chart.send({ type: 'ACKNOWLEDGED' });
      this.#answered(order, message);
    } catch (error) {
      // Anybody may send to the port; what is not a message is nobody's order.
      if (!(error instanceof CalldrillError)) throw error;
    }
  }

  #answered({ kind, phone, values }: Order, message: MdmMessage): void {
    const { trace, rules } = this.#ports;
    const { order } = message;
    if (kind === 'wipe') trace.append('mdm.wipe-acknowledged', this.name, { phone, order });
    const [setting, value] = Object.entries(values)[0] ?? [];
    if (setting !== undefined && value !== undefined)
      trace.append('mdm.policy-kept', this.name, { phone, order, setting, value });
    if (kind !== 'inventory') return;
    const { platform = '', version = '', apps = '' } = message.values;
    const others = apps === '' ? [] : apps.split(',');
    const report = { phone, platform, version, apps: others };
    const data = { phone, order, platform, version, apps, others: others.length };
    const taken = trace.append('mdm.inventory-taken', this.name, data);
    for (const finding of findingsOf(report, this.#book, rules))
      trace.because(taken, () => trace.append('mdm.finding', this.name, { phone, ...finding }));
  }
}
