/**
 * The yardstick of `fabric.bench.ts`: the same star, and nothing but an event loop. A heap of closures, a buffer for each packet, a
 * draw for its loss and one for its jitter, two hops. It has no hosts, ports, links that can be cut, taps, trace or digests; what
 * the fabric costs beyond it is what those cost.
 */
import { MILLISECOND, type Micros } from '../../sim/clock.ts';

const PAYLOAD_OCTETS = 160;
const INTERVAL: Micros = 20 * MILLISECOND;
const DELAY: Micros = 30 * MILLISECOND;
const JITTER: Micros = 5 * MILLISECOND;
const LOSS = 0.02;

interface Event {
  readonly time: Micros;
  readonly sequence: number;
  readonly action: () => void;
}

/** Runs until the virtual time `ends`; the packets that clients sent. */
export function bareLoop(clients: number, ends: Micros): number {
  const heap: Event[] = [];
  let now = 0;
  let sequence = 0;
  let sent = 0;
  let luck = 0x2545f491;
  const fraction = (): number => {
    luck ^= luck << 13;
    luck ^= luck >>> 17;
    luck ^= luck << 5;
    return (luck >>> 0) / 4294967296;
  };
  const schedule = (delay: Micros, action: () => void): void => {
    push(heap, { time: now + delay, sequence: sequence++, action });
  };
  const hop = (octets: Uint8Array, arrive: (octets: Uint8Array) => void): void => {
    const lost = fraction() < LOSS;
    const delay = DELAY + Math.round((2 * fraction() - 1) * JITTER);
    if (!lost) schedule(delay, () => arrive(octets));
  };
  const received = new Float64Array(clients);
  for (let client = 0; client < clients; client++) {
    const peer = client ^ 1;
    const tick = (): void => {
      sent++;
      hop(new Uint8Array(PAYLOAD_OCTETS).fill(client), (atRelay) =>
        hop(atRelay, (octets) => {
          received[peer] = (received[peer] ?? 0) + octets.length;
        }),
      );
      schedule(INTERVAL, tick);
    };
    schedule((client * INTERVAL) / clients, tick);
  }
  for (let event = pop(heap); event !== undefined && event.time <= ends; event = pop(heap)) {
    now = event.time;
    event.action();
  }
  return sent;
}

function isBefore(a: Event, b: Event): boolean {
  return a.time < b.time || (a.time === b.time && a.sequence < b.sequence);
}

function push(heap: Event[], event: Event): void {
  let at = heap.length;
  heap.push(event);
  while (at > 0) {
    const parentAt = (at - 1) >> 1;
    const parent = heap[parentAt];
    if (parent === undefined || isBefore(parent, event)) break;
    heap[at] = parent;
    at = parentAt;
  }
  heap[at] = event;
}

function pop(heap: Event[]): Event | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let childAt = 2 * at + 1;
    let child = heap[childAt];
    const right = heap[childAt + 1];
    if (child !== undefined && right !== undefined && isBefore(right, child)) {
      childAt++;
      child = right;
    }
    if (child === undefined || !isBefore(child, last)) break;
    heap[at] = child;
    at = childAt;
  }
  heap[at] = last;
  return first;
}
