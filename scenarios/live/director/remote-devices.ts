/**
 * The devices of a directed run, as their director has them: who is there, what each is asked, what they tell of themselves, and
 * whether anything is under way. Their events come into the director's trace as they are told.
 */
import { MILLISECOND, type Micros } from '../../../sim/clock.ts';
import { assert, CalldrillError } from '../../../sim/errors.ts';
import { fromHex } from '../../../sim/octets.ts';
import { Secret, SECRET_KINDS } from '../../../sim/secret.ts';
import type { AnyTraceEvent, EventNumber, Trace, TraceType } from '../../../sim/trace.ts';
import type { DeviceTold } from './control-server.ts';
import type { ControlLine } from './control-line.ts';
import { controlError } from './errors.ts';
import { mergedTrace, type Source } from './merged-trace.ts';
import { errorOf, type Ask, type RemoteKind, type FromDevice, type ToDevice } from './message.ts';

/** How long a device may take to answer: longer than it takes to notice that one is stopped or cut off. */
const ANSWER_MS = 20_000;

interface Remote {
  readonly name: string;
  readonly kind: RemoteKind;
  /** IP address of its sockets, once it has come. */
  address: string | undefined;
  proof: string;
  present: boolean;
  ready: boolean;
  /** Why it could not begin. */
  failure: CalldrillError | undefined;
  /** The numbers of its events here, by their numbers there. */
  numbers: Map<EventNumber, EventNumber>;
  /** Its place in the order of its events: what its earlier processes told comes before. */
  before: number;
  last: number;
  /** The last round that it has answered. */
  round: number;
  state: { readonly round: number; readonly quiet: boolean; readonly next: Micros | null } | undefined;
  /** How far its clock is from the director's, as it last told. Microseconds. */
  offset: Micros;
}

/** Which devices are awaited, the line to them, both clocks of the director, and whom it tells of what happens to them. */
export interface RemoteDevicesOptions {
  readonly kinds: ReadonlyMap<string, RemoteKind>;
  /** The types of events that devices tell, with their fields; what is of another type is no event of this version. */
  readonly eventFields: Readonly<Record<string, readonly string[]>>;
  readonly line: Pick<ControlLine, 'send' | 'waitFor'>;
  /** The time of what the director does now. */
  readonly now: () => Micros;
  /** The director's time. */
  readonly elapsed: () => Micros;
  onJoined(device: string): void;
  onReady(device: string): void;
  onLost(device: string, reason: string): void;
  onTapped(message: Extract<FromDevice, { type: 'tapped' }>): void;
}

/** Takes in what devices tell and puts questions to them that block until they are answered or the device is lost. */
export class RemoteDevices {
  readonly #options: RemoteDevicesOptions;
  readonly #remotes: ReadonlyMap<string, Remote>;
  readonly #sources = new Map<EventNumber, Source>();
  readonly #answers = new Map<number, Extract<FromDevice, { type: 'answer' | 'refused' }>>();
  #trace: Trace | undefined;
  #asked = 0;
  #round = 0;
  #roundBegan: Micros = 0;

  constructor(options: RemoteDevicesOptions) {
    this.#options = options;
    this.#remotes = new Map(
      [...options.kinds].map(([name, kind]) => [
        name,
        {
          name,
          kind,
          address: undefined,
          proof: '',
          present: false,
          ready: false,
          failure: undefined,
          numbers: new Map(),
          before: 0,
          last: 0,
          round: 0,
          state: undefined,
          offset: 0,
        },
      ]),
    );
  }

  /** Where the events of the devices go. */
  recordIn(trace: Trace): void {
    this.#trace = trace;
  }

  get all(): readonly Readonly<Remote>[] {
    return [...this.#remotes.values()];
  }

  get missing(): readonly string[] {
    return this.all.filter(({ present }) => !present).map(({ name }) => name);
  }

  named(name: string): Readonly<Remote> {
    return this.#named(name);
  }

  send(name: string, message: ToDevice): void {
    this.#options.line.send(name, message);
  }

  sendAll(message: ToDevice): void {
    for (const { name, ready } of this.all) if (ready) this.send(name, message);
  }

  /** Asks a device and waits. Errors: CONTROL_DEVICE_LOST, CONTROL_DEVICE_SILENT, and what the device refuses with. */
  ask(name: string, what: Ask, ...words: readonly string[]): readonly string[] {
    const remote = this.#named(name);
    const lost = () => controlError('CONTROL_DEVICE_LOST', `${name} is gone`, { where: { device: name } });
    if (!remote.ready) throw lost();
    const id = ++this.#asked;
    this.send(name, { type: 'ask', id, time: this.#options.now(), what, words });
    const answered = this.#options.line.waitFor(() => this.#answers.has(id) || !remote.ready, ANSWER_MS);
    const answer = this.#answers.get(id);
    this.#answers.delete(id);
    if (!answered)
      throw controlError('CONTROL_DEVICE_SILENT', `${name} has not answered for ${ANSWER_MS / 1000} s`, {
        where: { device: name },
      });
    if (answer === undefined) throw lost();
    if (answer.type === 'refused') throw errorOf(answer, name);
    return answer.lines;
  }

  /** Takes in what the control channel tells. */
  take(told: DeviceTold): void {
    if (told.kind === 'joined') return this.#joined(told);
    if (told.kind === 'lost') return this.#lost(told.device, told.reason);
    if (told.kind === 'said') this.#said(this.#named(told.device), told.message);
  }

  /** Asks every device whether anything is under way there, unless one has yet to answer that: a network may take its time. */
  askQuiet(): void {
    if (this.all.some(({ ready, round }) => ready && round < this.#round)) return;
    this.#roundBegan = this.#options.elapsed();
    this.sendAll({ type: 'quiet', round: ++this.#round });
  }

  /** Whether every device was quiet when last asked, and nothing has come from any of them since. */
  get quiet(): boolean {
    return (
      this.#round > 0 &&
      this.all.every(({ ready, state }) => ready && state?.round === this.#round && state.quiet)
    );
  }

  /** When something is due on a device next, as far as they told. */
  get next(): Micros {
    return Math.min(Infinity, ...this.all.flatMap(({ state }) => state?.next ?? []));
  }

  /** The trace of all processes. */
  merged(trace: Trace): Trace {
    return mergedTrace(trace, this.#sources);
  }

  #joined({ device, address, proof }: Extract<DeviceTold, { kind: 'joined' }>): void {
    const remote = this.#named(device);
    Object.assign(remote, { address, proof, present: true, failure: undefined, numbers: new Map() });
    remote.before = remote.last;
    this.#trace?.append('director.device-joined', device, { device, kind: remote.kind, address }, 0);
    this.#options.onJoined(device);
  }

  #lost(device: string, reason: string): void {
    const remote = this.#named(device);
    const why = remote.failure === undefined ? reason : `${remote.failure.code}: ${remote.failure.message}`;
    remote.present = false;
    remote.ready = false;
    remote.state = undefined;
    this.#options.onLost(device, why);
  }

  /** Writes down that a device is gone, once it is known why. */
  recordLoss(device: string, reason: string): void {
    this.#trace?.append('director.device-lost', device, { device, reason }, 0);
  }

  #said(remote: Remote, message: FromDevice): void {
    switch (message.type) {
      case 'ready':
        remote.ready = true;
        // It was not asked what the others were.
        remote.round = this.#round;
        return this.#options.onReady(remote.name);
      case 'failed':
        remote.failure = errorOf(message, remote.name);
        return;
      case 'event':
        remote.state = undefined;
        return this.#adopt(remote, message);
      case 'tapped':
        remote.state = undefined;
        return this.#options.onTapped(message);
      case 'answer':
      case 'refused':
        return void this.#answers.set(message.id, message);
      case 'state': {
        if (message.round !== this.#round) return;
        remote.round = message.round;
        remote.state = message;
        const { elapsed } = this.#options;
        remote.offset = Math.round(message.time - (this.#roundBegan + elapsed()) / 2);
        return;
      }
      case 'hello':
      case 'beat':
        return;
    }
  }

  #adopt(remote: Remote, { event, secrets }: Extract<FromDevice, { type: 'event' }>): void {
    const trace = this.#trace;
    const { type } = event;
    if (trace === undefined || !isKnown(this.#options.eventFields, type)) return;
    const data: Record<string, unknown> = { ...event.data };
    for (const [place, hex] of secrets) reveal(data, place, hex);
    const cause = remote.numbers.get(event.cause) ?? 0;
    // Listeners are told inside, and may ask for where it came from.
    const n = trace.events.length + 1;
    const order = remote.before + event.n;
    remote.last = Math.max(remote.last, order);
    this.#sources.set(n, { device: remote.name, order });
    remote.numbers.set(event.n, n);
    // The type is known; its data are those of the same version of calldrill, as both ends have agreed.
    trace.adopt(
      { t: event.t, type, on: event.on, data } as Pick<AnyTraceEvent, 't' | 'type' | 'on' | 'data'>,
      cause,
    );
  }

  #named(name: string): Remote {
    const remote = this.#remotes.get(name);
    assert(remote !== undefined, `${name} is one of the devices`);
    return remote;
  }
}

/** Offsets are told in whole milliseconds: less than that is the network's. */
export function offsetMs(offset: Micros): number {
  return Math.round(offset / MILLISECOND);
}

function isKnown(fields: RemoteDevicesOptions['eventFields'], type: string): type is TraceType {
  return Object.hasOwn(fields, type);
}

/** Puts a secret where its label is: in a field, or in a list (`secrets.0`). */
function reveal(data: Record<string, unknown>, place: string, hex: string): void {
  const [field = '', at] = place.split('.');
  const value = data[field];
  if (at === undefined) data[field] = secretOf(value, hex) ?? value;
  else if (Array.isArray(value))
    data[field] = value.map((each: unknown, n) => (n === Number(at) ? (secretOf(each, hex) ?? each) : each));
}

function secretOf(label: unknown, hex: string): Secret | undefined {
  const [, kind, owner = ''] = /^([^(]+)\((.*)\)#[0-9a-f]{8}$/.exec(String(label)) ?? [];
  const known = SECRET_KINDS.find((each) => each === kind);
  const octets = fromHex(hex);
  return known === undefined || octets === undefined ? undefined : new Secret(known, owner, octets);
}
