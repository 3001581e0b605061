/** What is measured: each bench with the figures that come of it and their targets. A figure is made of its bench and of nothing else. */
import { MINUTE } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import { benchCalls } from '../../devices/calls.bench.ts';
import { benchRegistering } from '../../devices/crs/registering.bench.ts';
import { benchRegistered } from '../../devices/registered.bench.ts';
import { benchRenewal } from '../../devices/signalling/renewal.bench.ts';
import { benchSakke } from '../../network/mikey/sakke.bench.ts';
import { benchSrtp } from '../../network/rtp/srtp.bench.ts';
import { benchFabric } from '../../network/simulated/fabric.bench.ts';
import { benchSip } from '../../network/sip/sip.bench.ts';
import { benchForks } from '../../scenarios/runs/fork.bench.ts';
import { benchOf, type DeclaredBench } from './bench-declared.ts';
import { printed } from './bench-figure.ts';
import { QUEUE_BENCH } from './bench-queue.ts';
import { SUITE_BENCHES } from './bench-suites.ts';

/** A variant that lasts 38 days, with phones registered all the time. */
const FORKED = { scenario: 'client-compromise', variant: 'block-wipe-destroy' };

const FORKS = benchOf(
  `forks of ${FORKED.scenario}/${FORKED.variant}`,
  ({ now, screenplays, assets }) => {
    const screenplay = screenplays.find(({ id }) => id === FORKED.scenario);
    assert(screenplay !== undefined, 'the scenario is shipped');
    return benchForks(now, { screenplay, assets, variant: FORKED.variant });
  },
  {
    forkQuietMs: {
      kind: 'time',
      unit: 'ms',
      about: 'a fork at a quiet moment of day 38',
      reference: ({ lateEvents }) => `remembered and taken up, with ${printed(lateEvents)} events before it`,
      value: ({ lateMs }) => lateMs,
      aim: { atMost: 5 },
    },
    forkGrowth: {
      kind: 'ratio',
      unit: 'x',
      about: 'a fork of day 38 over one of day 1',
      reference: ({ earlyMs, earlyEvents }) =>
        `on day 1 ${printed(earlyMs)} ms, with ${printed(earlyEvents)} events before it`,
      value: ({ growth }) => growth,
      aim: { atMost: 1.5 },
    },
  },
);

const SAKKE = benchOf('SAKKE and ECCSI', ({ now }) => benchSakke(now), {
  sakkeEncapsulateVsTextbook: {
    kind: 'ratio',
    unit: 'x',
    about: 'SAKKE encapsulate',
    reference: (sakke) =>
      `textbook ${printed(sakke.encapsulateTextbookMs)} ms, here ${printed(sakke.encapsulateMs)} ms`,
    value: ({ encapsulateVsTextbook }) => encapsulateVsTextbook,
    aim: { atLeast: 25 },
  },
  sakkeDecapsulateVsTextbook: {
    kind: 'ratio',
    unit: 'x',
    about: 'SAKKE decapsulate, key prepared',
    reference: (sakke) =>
      `textbook ${printed(sakke.decapsulateTextbookMs)} ms, here ${printed(sakke.decapsulateMs)} ms`,
    value: ({ decapsulateVsTextbook }) => decapsulateVsTextbook,
    aim: { atLeast: 20 },
  },
  eccsiSignsPerSecond: {
    kind: 'rate',
    unit: '/s',
    about: 'ECCSI sign',
    reference: 'a signature for each call placed',
    value: ({ eccsiSignsPerSecond }) => eccsiSignsPerSecond,
  },
  eccsiVerifiesPerSecond: {
    kind: 'rate',
    unit: '/s',
    about: 'ECCSI verify, signer known',
    reference: 'a verification for each call received',
    value: ({ eccsiVerifiesPerSecond }) => eccsiVerifiesPerSecond,
  },
});

const SIP = benchOf('SIP', ({ now }) => benchSip(now), {
  sipParseMicros: {
    kind: 'time',
    unit: 'us',
    about: 'a SIP message of 313 octets is parsed',
    reference: ({ sipFrameMicros }) => `out of a stream ${printed(sipFrameMicros)} us`,
    value: ({ sipParseMicros }) => sipParseMicros,
    aim: { atMost: 15 },
  },
});

const SRTP = benchOf('SRTP', ({ now }) => benchSrtp(now), {
  srtpProtectVsNodeCrypto: {
    kind: 'ratio',
    unit: 'x',
    about: 'SRTP protect, 160 octets',
    reference: (srtp) =>
      `node:crypto per packet ${printed(srtp.nodeCryptoPerSecond)} /s, here ${printed(srtp.protectPerSecond)} /s`,
    value: ({ srtpProtectVsNodeCrypto }) => srtpProtectVsNodeCrypto,
    aim: { atLeast: 1.5 },
  },
  srtpUnprotectVsNodeCrypto: {
    kind: 'ratio',
    unit: 'x',
    about: 'SRTP unprotect, 160 octets',
    reference: (srtp) =>
      `node:crypto per packet (protect) ${printed(srtp.nodeCryptoPerSecond)} /s, here ${printed(srtp.unprotectPerSecond)} /s`,
    value: ({ srtpUnprotectVsNodeCrypto }) => srtpUnprotectVsNodeCrypto,
  },
});

const CALLS = benchOf('calls', ({ now, readQr }) => benchCalls(now, { readQr, handsets: 50, calls: 25 }), {
  callsTimesRealTime: {
    kind: 'rate',
    unit: 'x',
    about: '50 handsets in 25 relayed calls, SRTP',
    reference: ({ packetsPerSecond }) =>
      `real time; ${printed(packetsPerSecond)} packets/s protected, relayed and opened`,
    value: ({ timesRealTime }) => timesRealTime,
    aim: { atLeast: 60 },
  },
  mediaPacketMicros: {
    kind: 'time',
    unit: 'us',
    about: 'a media packet of these calls, from voice to voice over two links',
    reference: 'all that the simulation does in them is in it',
    value: ({ packetsPerSecond }) => 1e6 / packetsPerSecond,
    aim: { atMost: 6 },
  },
});

/** A renewal every minute is the most that a deployment may ask for. */
const CROWD_OPTIONS = { handsets: 1000, calls: 100, registerInterval: MINUTE, seconds: 10, rounds: 5 };

const CROWD = benchOf(
  '1,000 handsets and 100 calls',
  ({ now, readQr }) => benchCalls(now, { readQr, ...CROWD_OPTIONS }),
  {
    crowdTimesRealTime: {
      kind: 'rate',
      unit: 'x',
      about: '1,000 handsets registered, 100 relayed calls, SRTP',
      reference: ({ packetsPerSecond }) =>
        `real time; each renews its registration every minute; ${printed(packetsPerSecond)} packets/s`,
      value: ({ timesRealTime }) => timesRealTime,
      aim: { atLeast: 10 },
    },
  },
);

const MEGABYTE = 1_000_000;

const MEMORY = benchOf('the memory of registered handsets', (bed) => benchRegistered(bed), {
  idleHandsetBytes: {
    kind: 'octets',
    unit: 'octets',
    about: 'memory of an idle registered handset',
    reference: 'its phone, link, session at the server and trace; by the difference of two crowds',
    value: ({ octetsPerIdleHandset }) => octetsPerIdleHandset,
    aim: { atMost: 20_480 },
  },
  registered5000Megabytes: {
    kind: 'octets',
    unit: 'MB',
    about: 'memory of a process with 5,000 registered handsets, garbage not counted',
    reference: ({ handsets }) =>
      `${printed(handsets)} handsets, the CMS and the server that they are of, code and tables`,
    value: ({ octetsInAll }) => octetsInAll / MEGABYTE,
    aim: { atMost: 300 },
  },
});

const REGISTERING = benchOf('registering', ({ now }) => benchRegistering(now), {
  registerGrowth: {
    kind: 'ratio',
    unit: 'x',
    about: 'what a handset that registers costs a server of 2,000, over one of 100',
    reference: (registering) =>
      `${printed(registering.registerManyMs)} ms over ${printed(registering.registerFewMs)} ms; 1 where it is linear`,
    value: ({ registerGrowth }) => registerGrowth,
  },
});

const RENEWAL = benchOf('renewals', ({ now, readQr }) => benchRenewal(now, readQr), {
  renewalMs: {
    kind: 'time',
    unit: 'ms',
    about: 'a registration is renewed over an open session',
    reference: 'request and answer, TLS at both ends, the link, the trace',
    value: ({ renewalMs }) => renewalMs,
    aim: { atMost: 1 },
  },
});

const NETWORK = benchOf('the network', ({ now }) => benchFabric(now), {
  fabricPacketsPerSecond: {
    kind: 'rate',
    unit: '/s',
    about: 'packets over links, 100 clients and a relay',
    reference: (fabric) =>
      `these clients send 10,000 /s over two links each: ${printed(fabric.virtualSeconds / fabric.elapsedSeconds)} times real time`,
    value: ({ linkPacketsPerSecond }) => linkPacketsPerSecond,
  },
  relayPacketsPerSecond100: {
    kind: 'rate',
    unit: '/s',
    about: 'packets of 100 clients through a relay, no crypto',
    reference: ({ bareLoopPerSecond }) => `bare event loop ${printed(bareLoopPerSecond)} /s`,
    value: ({ relayedPerSecond }) => relayedPerSecond,
  },
});

const NETWORK_1000 = benchOf('the network, 1,000 clients', ({ now }) => benchFabric(now, 1000, 5), {
  relayPacketsPerSecond1000: {
    kind: 'rate',
    unit: '/s',
    about: 'packets of 1,000 clients through a relay, no crypto',
    reference: ({ bareLoopPerSecond }) => `bare event loop ${printed(bareLoopPerSecond)} /s`,
    value: ({ relayedPerSecond }) => relayedPerSecond,
  },
});

/** In the order in which they are measured. */
export const BENCHES: readonly DeclaredBench[] = [
  ...SUITE_BENCHES,
  FORKS,
  SAKKE,
  SIP,
  SRTP,
  CALLS,
  CROWD,
  MEMORY,
  REGISTERING,
  RENEWAL,
  NETWORK,
  NETWORK_1000,
  QUEUE_BENCH,
];
