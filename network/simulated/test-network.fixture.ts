/** A network for the tests of this folder: a clock, a trace, a fabric, and shorthand for what most of them ask. */
import { VirtualClock } from '../../sim/clock.ts';
import { concat, toAscii } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { Trace, type AnyTraceEvent, type TraceType } from '../../sim/trace.ts';
import type { Attachment, Stream, StreamClose, StreamHandlers } from '../fabric.ts';
import type { CapturedPacket } from '../packet.ts';
import type { SimulatedFabricOptions } from './fabric-options.ts';
import { SimulatedFabric } from './fabric.ts';
import type { Link } from './link.ts';
import type { LinkParameters } from './link-parameters.ts';

/** A fabric with its clock and trace for one test, and short ways to what tests ask of them. */
export class TestNetwork {
  readonly clock = new VirtualClock();
  readonly trace = new Trace(this.clock);
  readonly fabric: SimulatedFabric;

  constructor(seed = 'test', options: Partial<SimulatedFabricOptions> = {}) {
    const { clock, trace } = this;
    this.fabric = new SimulatedFabric({ clock, trace, random: new SeededRandom(seed), ...options });
  }

  /** Runs until nothing is scheduled. */
  drain(): void {
    while (this.clock.step());
  }

  events<Type extends TraceType>(type: Type): Extract<AnyTraceEvent, { type: Type }>[] {
    return this.trace.events.filter(
      (event): event is Extract<AnyTraceEvent, { type: Type }> => event.type === type,
    );
  }
}

/** The usual case: alice's phone and the server, one link, one tap. */
export class Pair extends TestNetwork {
  readonly phone: Attachment = this.fabric.attach('alice-phone');
  readonly crs: Attachment = this.fabric.attach('crs');
  readonly link: Link;
  readonly captured: CapturedPacket[] = [];

  constructor(parameters: LinkParameters = {}, seed = 'test', options: Partial<SimulatedFabricOptions> = {}) {
    super(seed, options);
    this.link = this.fabric.link('alice-crs', 'alice-phone', 'crs', parameters);
    this.link.tap((packet) => void this.captured.push(packet));
  }

  /** Connects the phone to port 5061 of the server. */
  connect(): { near: End; far: End; stream: Stream; accepted: () => Stream } {
    const near = new End();
    const far = new End();
    let accepted: Stream | undefined;
    this.crs.listen(5061, (stream) => {
      accepted = stream;
      return far;
    });
    const stream = this.phone.connect({ host: 'crs', port: 5061 }, near);
    return {
      near,
      far,
      stream,
      accepted: () => {
        if (accepted === undefined) throw new Error('not accepted yet');
        return accepted;
      },
    };
  }
}

/** What one end of a stream was told. */
export class End implements StreamHandlers {
  opens = 0;
  readonly parts: Uint8Array[] = [];
  readonly closes: StreamClose[] = [];

  onOpen(): void {
    this.opens++;
  }

  onData(octets: Uint8Array): void {
    this.parts.push(octets);
  }

  onClose(close: StreamClose): void {
    this.closes.push(close);
  }

  get octets(): Uint8Array {
    return concat(...this.parts);
  }

  get text(): string {
    return toAscii(this.octets);
  }

  get reason(): string | undefined {
    return this.closes.length > 1 ? 'closed twice' : this.closes[0]?.reason;
  }
}
