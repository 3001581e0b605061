/** The far side of a thread: carries out the orders that it is sent, one after the other, and says how far it is. */
import type { MessagePort } from 'node:worker_threads';
import { parseRunOrder, summaryOf, TRACE_FILE, type RunOutcome, type RunOrder } from '../runs/index.ts';
import { FlowGate } from './flow-gate.ts';
import { failureOf, type FromThread, type ToThread } from './thread-message.ts';

/** Progress is for people, and for whoever watches that a run gets on: more often than this is only work. */
const PROGRESS_INTERVAL_MS = 100;

/** What an order tells while it is carried out. */
export interface OrderListener {
  readonly onProgress: (progress: (FromThread & { kind: 'progress' })['progress']) => void;
  readonly onCapture: (octets: Uint8Array) => void;
}

/** How an order is carried out; tests have something smaller than a run. */
export type CarryOut = (order: RunOrder, listener: OrderListener) => RunOutcome | Promise<RunOutcome>;

/** Serves orders from `port` until it is closed. */
export function serveOrders(port: MessagePort, carryOut: CarryOut): void {
  const send = (message: FromThread): void => port.postMessage(message, []);
  /** Octets change hands: nobody keeps a second copy. */
  const sendOctets = (octets: Uint8Array, messageOf: (own: Uint8Array<ArrayBuffer>) => FromThread): void => {
    const own = new Uint8Array(octets);
    port.postMessage(messageOf(own), [own.buffer]);
  };
  const serve = async ({ order: written, gate }: ToThread): Promise<void> => {
    const flow = new FlowGate(gate);
    let sentMs = -Infinity;
    send({ kind: 'begun' });
    try {
      const order = parseRunOrder(written, 'an order of the pool');
      const outcome = await carryOut(order, {
        onProgress: (progress) => {
          const nowMs = performance.now();
          if (nowMs - sentMs < PROGRESS_INTERVAL_MS) return;
          sentMs = nowMs;
          send({ kind: 'progress', progress });
        },
        onCapture: (octets) => {
          sendOctets(octets, (own) => ({ kind: 'captured', octets: own }));
          flow.pass(octets.length);
        },
      });
      const { scenario, result, trace, artefacts } = outcome;
      sendOctets(new TextEncoder().encode(trace), (own) => ({ kind: 'file', path: TRACE_FILE, octets: own }));
      for (const [path, octets] of artefacts)
        sendOctets(octets, (own) => ({ kind: 'file', path, octets: own }));
      send({ kind: 'finished', run: { summary: summaryOf(order, scenario, result), result } });
    } catch (thrown) {
      send({ kind: 'failed', failure: failureOf(thrown) });
    }
  };
  port.on('message', (message: ToThread) => void serve(message));
}
