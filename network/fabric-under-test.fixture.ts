/**
 * What the compliance suite works with: two hosts under test, and a witness at each end of a stream.
 */
import type { ExecutionContext } from 'ava';
import { concat, toAscii } from '../sim/octets.ts';
import type { Attachment, Stream, StreamClose, StreamHandlers } from './fabric.ts';

/** Two hosts that reach each other, and a way to let time pass. */
export interface FabricUnderTest {
  readonly client: Attachment;
  readonly server: Attachment;
  /** Lets time pass until `done` holds, or without it until nothing more can be on its way. */
  readonly settle: (done?: () => boolean) => void | Promise<void>;
  /** Gives back what the fabric holds (sockets). */
  dispose?(): void | Promise<void>;
}

/** Registers one test of the suite. */
export type OnFabric = (
  title: string,
  body: (t: ExecutionContext, fabric: FabricUnderTest) => Promise<void>,
) => void;

/** Remembers what one end of a stream was told, and that nothing was told after the end. */
export class EndWitness implements StreamHandlers {
  opens = 0;
  readonly closes: StreamClose[] = [];
  readonly #data: Uint8Array[] = [];
  late = 0;
  readonly #onDataAction: (text: string) => void;

  constructor(onDataAction: (text: string) => void = () => {}) {
    this.#onDataAction = onDataAction;
  }

  onOpen(): void {
    this.opens++;
  }

  onData(octets: Uint8Array): void {
    if (this.closes.length > 0) this.late++;
    this.#data.push(octets);
    this.#onDataAction(toAscii(octets));
  }

  onClose(close: StreamClose): void {
    this.closes.push(close);
  }

  get text(): string {
    return toAscii(concat(...this.#data));
  }

  get reasons(): string {
    return this.closes.map((close) => close.reason).join();
  }

  get isOver(): boolean {
    return this.closes.length > 0;
  }
}

/** A server that greets nobody, and a client connected to it. */
export async function connected(
  { client, server, settle }: FabricUnderTest,
  near = new EndWitness(),
  far = new EndWitness(),
): Promise<{ stream: Stream; accepted: Stream; near: EndWitness; far: EndWitness }> {
  const streams: Stream[] = [];
  const listener = server.listen(0, (stream) => {
    streams.push(stream);
    return far;
  });
  await settle();
  const stream = client.connect(listener.local, near);
  await settle(() => near.opens > 0 && far.opens > 0);
  const [accepted] = streams;
  if (accepted === undefined) throw new Error('the stream was not accepted');
  return { stream, accepted, near, far };
}
