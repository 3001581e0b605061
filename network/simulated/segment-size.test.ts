/** How long segments are: what each end announces in its SYN, what the other then sends, and what no announcement can help. */
import test from 'ava';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { TCP_ACK, TCP_SYN, type TcpHeader } from '../packet.ts';
import { flowOf } from './flow.ts';
import type { LinkParameters } from './link-parameters.ts';
import { End, Pair, TestNetwork } from './test-network.fixture.ts';

const BODY = Uint8Array.from({ length: 20_000 }, (_, i) => i % 251);

/** What each end announced: the phone, then the server. */
const announcedIn = ({ captured }: Pair): readonly (number | undefined)[] =>
  captured.flatMap(({ packet: { tcp } }) =>
    tcp !== undefined && (tcp.flags & TCP_SYN) !== 0 ? [tcp.segmentOctetsMax] : [],
  );

const longestTo = ({ captured }: Pair, host: string): number =>
  Math.max(...captured.filter(({ toward }) => toward === host).map(({ packet }) => packet.octets.length));

const tooBig = (network: TestNetwork) =>
  network.events('network.dropped').filter(({ data }) => data.reason === 'too-big');

/** Sends the body both ways, and tells whether all of it arrived within a minute. */
function arrives(pair: Pair): boolean {
  const { near, far, stream, accepted } = pair.connect();
  near.onOpen = () => stream.write(BODY);
  far.onOpen = () => accepted().write(BODY);
  pair.clock.runUntil(60 * SECOND);
  return [near, far].every(({ octets }) => Buffer.compare(octets, BODY) === 0);
}

for (const [title, mtuOctets, segment] of [
  ['an Ethernet', undefined, 1460],
  ['the least that IPv6 allows', 1280, 1240],
  ['what every IPv4 host takes', 576, 536],
  ['the least that IPv4 allows', 68, 28],
  ['jumbo frames', 9000, 8960],
] as const) {
  test(`segments fill the interface: ${title}, ${segment} octets`, (t) => {
    const pair = new Pair({ delayMs: 20, ...(mtuOctets === undefined ? {} : { mtuOctets }) });
    t.true(arrives(pair));
    t.deepEqual(announcedIn(pair), [segment, segment]);
    t.deepEqual([longestTo(pair, 'crs'), longestTo(pair, 'alice-phone')], [segment, segment]);
    t.deepEqual(tooBig(pair), []);
  });
}

test('planted: ends that do not look at their interface fall into a black hole', (t) => {
  const pair = new Pair({ delayMs: 20, mtuOctets: 1280 });
  pair.link.mtuAt = () => ({ out: undefined, in: undefined });
  t.false(arrives(pair));
  t.deepEqual(announcedIn(pair), [1460, 1460]);
  t.true(tooBig(pair).length > 0);
});

test('an end announces what it can receive, and sends what it can send: the two may differ', (t) => {
  const pair = new Pair({ delayMs: 20, mtuOctets: 1280 });
  pair.link.setParameters({ delayMs: 20, mtuOctets: 1000 }, 'alice-phone');
  t.true(arrives(pair));
  t.deepEqual(announcedIn(pair), [960, 1240]);
  t.deepEqual([longestTo(pair, 'crs'), longestTo(pair, 'alice-phone')], [1240, 960]);
});

/** A phone and the server with two routers between them; the parameters are those of the links from left to right. */
class Chain extends TestNetwork {
  readonly phone = this.fabric.attach('alice-phone');
  readonly crs = this.fabric.attach('crs');
  readonly far = new End();
  readonly near = new End();

  constructor(...parameters: readonly LinkParameters[]) {
    super('test', { routers: ['cell', 'firewall'] });
    const hosts = ['alice-phone', 'cell', 'firewall', 'crs'];
    for (const [at, each] of parameters.entries())
      this.fabric.link(`${hosts[at]}-${hosts[at + 1]}`, hosts[at] ?? '', hosts[at + 1] ?? '', each);
    this.crs.listen(5061, () => this.far);
  }

  says(octets: Uint8Array): boolean {
    this.phone.connect({ host: 'crs', port: 5061 }, this.near).write(octets);
    this.clock.runUntil(60 * SECOND);
    return Buffer.compare(this.far.octets, octets) === 0;
  }
}

test('each end sends at most what the other announced, whichever of them has the narrow interface', (t) => {
  const [narrow, wide] = [{ delayMs: 5, mtuOctets: 1280 }, { delayMs: 5 }];
  for (const links of [
    [narrow, wide, wide],
    [wide, wide, narrow],
  ]) {
    const chain = new Chain(...links);
    t.true(chain.says(BODY));
    t.deepEqual(tooBig(chain), []);
  }
});

test('a narrow link in mid-path stays a black hole for full segments, and is in the trace', (t) => {
  const [narrow, wide] = [{ delayMs: 5, mtuOctets: 1280 }, { delayMs: 5 }];
  const chain = new Chain(wide, narrow, wide);
  t.false(chain.says(BODY));
  t.deepEqual(
    [...new Set(tooBig(chain).map(({ on, data }) => `${on} ${data.from.split(':')[0]}`))],
    ['cell-firewall alice-phone'],
  );
  t.true(new Chain(wide, narrow, wide).says(BODY.subarray(0, 1240)));
});

test('a stream keeps its segments when the link narrows, and the next stream has shorter ones', (t) => {
  const pair = new Pair({ delayMs: 20 });
  const { far, stream } = pair.connect();
  pair.clock.runUntil(SECOND);
  pair.link.setParameters({ delayMs: 20, mtuOctets: 1280 });
  stream.write(BODY);
  pair.clock.runUntil(60 * SECOND);
  t.is(far.octets.length, 0);
  t.true(tooBig(pair).length > 0);
  const again = new End();
  pair.phone.connect({ host: 'crs', port: 5061 }, again).write(BODY);
  pair.clock.runUntil(120 * SECOND);
  t.is(far.octets.length, BODY.length);
});

test('a peer that announces nothing gets 536 octets, and one that announces next to nothing gets 28', (t) => {
  for (const [announced, length] of [
    [undefined, 536],
    [1, 28],
    [65_535, 1460],
  ] as const) {
    const pair = new Pair({ delayMs: 10 });
    const far = new End();
    pair.crs.listen(5061, (stream) => {
      far.onOpen = () => stream.write(BODY);
      return far;
    });
    const flow = flowOf('tcp', { host: 'alice-phone', port: 50_000 }, { host: 'crs', port: 5061 });
    const forge = (fields: Omit<TcpHeader, 'window'>): void => {
      const tcp = { ...fields, window: 65_535 };
      const packet = {
        protocol: 'tcp',
        from: flow.from,
        to: flow.to,
        octets: new Uint8Array(0),
        tcp,
      } as const;
      pair.link.send({ ...packet, flow, cause: 0 }, 'alice-phone');
    };
    const option = announced === undefined ? {} : { segmentOctetsMax: announced };
    forge({ sequence: 7, acknowledgement: 0, flags: TCP_SYN, ...option });
    pair.clock.runUntil(10 * MILLISECOND);
    const { sequence = 0 } = pair.captured[1]?.packet.tcp ?? {};
    forge({ sequence: 8, acknowledgement: (sequence + 1) >>> 0, flags: TCP_ACK });
    // The phone knows nothing of this stream, and resets it a moment later.
    pair.clock.runUntil(20 * MILLISECOND);
    t.is(longestTo(pair, 'alice-phone'), length);
  }
});
