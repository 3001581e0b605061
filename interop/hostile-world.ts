/**
 * A live server with calls of others going on while a hostile peer is at it, for `hostile.interop.ts`: in a process of its own, so that
 * its memory is not that of other tests. Reads one JSON order on standard input and prints what was seen.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { SECOND } from '../sim/clock.ts';
import { assert } from '../sim/errors.ts';
import { toAscii } from '../sim/octets.ts';
import { FlowCounts, type CallFlow } from '../cli/dev/soak/flows.ts';
import { LiveCrowd, peerAmong } from '../cli/dev/soak/live-crowd.ts';
import type { AuditEntry } from '../devices/crs/audit-log.ts';
import type { Attachment, SecureStream } from '../network/fabric.ts';
import { HOSTILE_PEER, type PeerAccount, type HostileCount, type HostileOrder } from './hostile-peer.ts';

/** What the world reads on its standard input: how much the peer is to do, and parameters of the deployment. */
export interface HostileWorldOrder extends Pick<
  HostileOrder,
  'records' | 'messages' | 'datagrams' | 'halfOpen' | 'invites' | 'uncertain'
> {
  readonly parameters: Readonly<Record<string, number>>;
}

/** What the world prints: the flows of the innocent calls, and what the attack cost the server. Memory is in octets. */
export interface HostileWorld {
  /** What the hostile peer did. */
  readonly done: HostileCount;
  readonly flows: readonly CallFlow[];
  readonly lost: number;
  readonly rssBefore: number;
  readonly rssMost: number;
  readonly audit: readonly AuditEntry[];
  readonly events: number;
  /** Handsets in a call when it was over. */
  readonly talking: number;
  readonly seconds: number;
}

/** Path of this module, for whoever starts it as a process. */
export const HOSTILE_WORLD = fileURLToPath(import.meta.url);

const CALLS = 3;
/** The account that floods; its phone is in no call of the others. */
const MISUSED = 6;
/** Further accounts, whose sessions send what cannot be read; the first has a phone that is called. */
const OTHERS = 20;
const HANDSETS = MISUSED + 1 + OTHERS;
const SETTLED_MS = 5_000;
const SAMPLE_MS = 50;

/** Notes what the hostile peer has to know: the relay's ports, and an INVITE of the misused account. */
class Spy {
  readonly relays: number[] = [];
  invite: Uint8Array | undefined;

  watch(attachment: Attachment): Attachment {
    const isServer = attachment.host === 'crs';
    const isMisused = attachment.host === `phone-${MISUSED + 1}`;
    return {
      host: attachment.host,
      numbers: attachment.numbers,
      detach: () => attachment.detach(),
      listen: (port, accept) => attachment.listen(port, accept),
      connect: (to, handlers) => attachment.connect(to, handlers),
      claimSecure: (local, remote, handlers) => attachment.claimSecure(local, remote, handlers),
      listenSecure: (port, options, accept) => attachment.listenSecure(port, options, accept),
      openDatagram: (port, onDatagram) => {
        const socket = attachment.openDatagram(port, onDatagram);
        if (isServer) this.relays.push(socket.local.port);
        return socket;
      },
      connectSecure: (to, options, handlers) => {
        const stream = attachment.connectSecure(to, options, handlers);
        return isMisused ? this.#overheard(stream) : stream;
      },
    };
  }

  #overheard(stream: SecureStream): SecureStream {
    return {
      get local() {
        return stream.local;
      },
      get remote() {
        return stream.remote;
      },
      get security() {
        return stream.security;
      },
      write: (octets) => {
        if (toAscii(octets.subarray(0, 7)) === 'INVITE ') this.invite = octets.slice();
        stream.write(octets);
      },
      close: () => stream.close(),
      reset: () => stream.reset(),
    };
  }
}

async function run(order: HostileWorldOrder): Promise<HostileWorld> {
  const counts = new FlowCounts(peerAmong(CALLS));
  const spy = new Spy();
  const { parameters, ...amounts } = order;
  const live = await LiveCrowd.inCalls({
    handsets: HANDSETS,
    calls: CALLS,
    parameters,
    watch: (attachment) => counts.watch(spy.watch(attachment)),
  });
  const relays = [...spy.relays];
  const misused = live.crowd.handsets[MISUSED];
  assert(misused !== undefined, 'there is a seventh handset');
  live.crowd.type(misused.name, `call user-${MISUSED + 2} --for 1s`, misused.user);
  await live.wait(SETTLED_MS);
  const { invite } = spy;
  assert(invite !== undefined, 'the call was placed');
  const accountOf = (index: number): PeerAccount => {
    const { identity, psk } = live.crowd.payloadOf(index).psk;
    return { identity, psk: Buffer.from(psk).toString('base64') };
  };

  const rssBefore = process.memoryUsage().rss;
  let rssMost = rssBefore;
  const sample = setInterval(() => (rssMost = Math.max(rssMost, process.memoryUsage().rss)), SAMPLE_MS);
  const began = live.clock.now();
  counts.begin();
  const done = await hostilePeer({
    ...amounts,
    port: live.port,
    relays,
    invite: Buffer.from(invite).toString('base64'),
    caller: accountOf(MISUSED),
    others: Array.from({ length: OTHERS }, (_, n) => accountOf(MISUSED + 1 + n)),
  });
  counts.end();
  const seconds = (live.clock.now() - began) / SECOND;
  await live.wait(1_000);
  clearInterval(sample);
  // The phone of the misused account may be ringing or not: only the others count.
  const talking = live.crowd.handsets.slice(0, 2 * CALLS).filter(({ line }) => line === 'inCall').length;
  const result = {
    done,
    flows: counts.flows,
    lost: counts.missing,
    rssBefore,
    rssMost,
    audit: live.crowd.crs.log.entries,
    events: live.trace.events.length,
    talking,
    seconds,
  };
  await live.close();
  return result;
}

async function hostilePeer(order: HostileOrder): Promise<HostileCount> {
  const child = spawn(process.execPath, [HOSTILE_PEER], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(order));
  return JSON.parse(await text(child.stdout)) as HostileCount;
}

if (process.argv[1] === HOSTILE_WORLD) {
  const order = JSON.parse(await text(process.stdin)) as HostileWorldOrder;
  process.stdout.write(JSON.stringify(await run(order)));
}
