/**
 * Kinds of access network, as data. Where there is a public figure, `source` names it and what it says; everything else is chosen, and
 * says so: each profile is set so that what a procedure must survive on such a network (slow answers, bursts of loss, waits) really
 * occurs. They describe one handset-to-server link; a call crosses two. Delay, rate and loss are the same both ways, because
 * the sources measure round trips; of two rates it is the slower one.
 *
 * Mobile networks have a rate, and not for its own sake alone: behind it packets stay in order, as the radio link delivers
 * them. A jitter without a rate draws each packet's delay afresh, so that those 20 ms apart overtake each other all the time,
 * and a jitter buffer throws them away; no radio does that. (A correlated delay would do too, but netem on Linux loses it.)
 */
import type { LinkParameters } from './link-parameters.ts';

/** The networks that a scenario can name instead of giving parameters, from the best to the worst of their kind. */
export const PROFILE_NAMES = [
  'perfect',
  'home-wifi',
  '3g',
  '4g',
  'congested',
  'roaming-near',
  'roaming-far',
  'roaming-3g',
  'roaming-congested',
  'roaming-satellite',
  'udp-blocked',
  'captive-portal',
] as const;

/** A network out of {@link PROFILE_NAMES}. */
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** A network that exists: its parameters, and the source that they are from. */
export interface Profile {
  readonly parameters: LinkParameters;
  /** Mean round trip over this link, there and back; a test holds the parameters to it. */
  readonly roundTripMs: number;
  /** Share of packets lost to chance in one direction. */
  readonly lossPercent: number;
  /** What it stands for and why these values. */
  readonly rationale: string;
  /** The public figure it rests on, or that it is chosen. */
  readonly source: string;
}

/** Every profile by its name. docs/network.md prints them, with the quality that a call has on each. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  perfect: {
    parameters: {},
    roundTripMs: 0,
    lossPercent: 0,
    rationale: 'No delay, no loss. Separates what a procedure does from what a network does to it.',
    source: 'chosen',
  },
  'home-wifi': {
    parameters: {
      delayMs: 12,
      jitterMs: 3,
      distribution: 'normal',
      lossGemodel: { p: 0.001, r: 0.5, oneMinusH: 0.5 },
    },
    roundTripMs: 24,
    lossPercent: 0.1,
    rationale: 'A domestic broadband line; radio retries hide most loss, and what is left comes in pairs.',
    source:
      'chosen; the kind of line measured by Sundaresan et al., Measuring Home Broadband Performance, CACM 55(11), 2012',
  },
  '3g': {
    parameters: {
      delayMs: 75,
      jitterMs: 20,
      distribution: 'normal',
      lossGemodel: { p: 0.004, r: 0.2, oneMinusH: 0.5 },
      rate: { bitsPerSecond: 768_000 },
      limitPackets: 200,
    },
    roundTripMs: 150,
    lossPercent: 1,
    rationale:
      'HSPA of 2015: the radio delivers in order, so one packet that is sent again holds up those behind it; loss in bursts of about five packets at handover.',
    source:
      "round trip and rate: '3G Fast' of WebPageTest (www/settings/connectivity.ini.sample), 150 ms and 768 kbit/s up; that much of the loss comes with changes of the radio state: Baltrunas et al., Dissecting Packet Loss in Mobile Broadband Networks from the Edge, INFOCOM 2015; jitter, amount of loss and limit are chosen",
  },
  '4g': {
    parameters: {
      delayMs: 35,
      jitterMs: 8,
      distribution: 'normal',
      lossGemodel: { p: 0.0012, r: 0.3, oneMinusH: 0.5 },
      rate: { bitsPerSecond: 12_000_000 },
      limitPackets: 1000,
    },
    roundTripMs: 70,
    lossPercent: 0.2,
    rationale: 'LTE under moderate load, loss in short bursts.',
    source:
      "round trip and rate: 'LTE' of WebPageTest (www/settings/connectivity.ini.sample), 70 ms and 12 Mbit/s both ways; jitter, loss and limit are chosen",
  },
  congested: {
    parameters: {
      delayMs: 125,
      jitterMs: 30,
      distribution: 'normal',
      lossGemodel: { p: 0.012, r: 0.25, oneMinusH: 0.9 },
      duplicate: 0.001,
      rate: { bitsPerSecond: 256_000 },
      limitPackets: 200,
    },
    roundTripMs: 250,
    lossPercent: 4,
    rationale:
      'A full cell at a major incident: a thin share of its capacity, long waits, loss in bursts. A call is bad and goes on; the worst network at home that a procedure with a deadline should meet.',
    source: 'chosen',
  },
  'roaming-near': {
    parameters: {
      delayMs: 75,
      jitterMs: 12,
      distribution: 'normal',
      lossGemodel: { p: 0.004, r: 0.2, oneMinusH: 0.5 },
      rate: { bitsPerSecond: 12_000_000 },
      limitPackets: 1000,
    },
    roundTripMs: 150,
    lossPercent: 1,
    rationale: 'A visited 4G network in a nearby country; all traffic goes through the home network first.',
    source:
      'Mandalari et al., Experience: Implications of Roaming in Europe, MobiCom 2018: home routing adds 60 ms or more to the round trip; laid over the profile 4g, with 20 ms more and the loss chosen',
  },
  'roaming-far': {
    parameters: {
      delayMs: 150,
      jitterMs: 25,
      distribution: 'paretonormal',
      lossGemodel: { p: 0.008, r: 0.2, oneMinusH: 0.52 },
      rate: { bitsPerSecond: 12_000_000 },
      limitPackets: 1000,
    },
    roundTripMs: 300,
    lossPercent: 2,
    rationale: 'A visited 4G network on another continent, home-routed; the delay has a long tail.',
    source:
      'chosen: the penalty grows with distance (Mandalari et al., Measuring Roaming in Europe, IEEE TMC 21(10), 2022), and light in fibre takes 10 ms for each 1,000 km there and back',
  },
  'roaming-3g': {
    parameters: {
      delayMs: 200,
      jitterMs: 40,
      distribution: 'normal',
      lossGemodel: { p: 0.012, r: 0.2, oneMinusH: 0.53 },
      rate: { bitsPerSecond: 400_000 },
      limitPackets: 200,
    },
    roundTripMs: 400,
    lossPercent: 3,
    rationale: 'A visited 3G network on another continent: a thin bearer with a queue.',
    source:
      "round trip and rate: '3G Slow' of WebPageTest (www/settings/connectivity.ini.sample), 400 ms and 400 kbit/s both ways; jitter, loss and limit are chosen",
  },
  'roaming-congested': {
    parameters: {
      delayMs: 175,
      jitterMs: 40,
      distribution: 'paretonormal',
      lossGemodel: { p: 0.06, r: 0.25, oneMinusH: 0.775 },
      rate: { bitsPerSecond: 256_000 },
      limitPackets: 200,
    },
    roundTripMs: 350,
    lossPercent: 15,
    rationale:
      'A full cell abroad: what travellers get in an airport on a bad day. One packet in seven is lost; with both ends there nobody would stay on the line.',
    source: 'chosen',
  },
  'roaming-satellite': {
    parameters: {
      delayMs: 400,
      jitterMs: 20,
      distribution: 'normal',
      lossGemodel: { p: 0.008, r: 0.2, oneMinusH: 0.78 },
      rate: { bitsPerSecond: 2_000_000 },
      limitPackets: 1000,
    },
    roundTripMs: 800,
    lossPercent: 3,
    rationale:
      'A ship or an aeroplane: the cell on board is behind a geostationary satellite. Slow rather than lossy.',
    source:
      'RFC 2488 section 2: at least 558 ms of propagation there and back for one hop at the edge of view; the rest of the delay, rate and loss are chosen',
  },
  'udp-blocked': {
    parameters: {
      delayMs: 12,
      jitterMs: 3,
      distribution: 'normal',
      block: 'udp',
    },
    roundTripMs: 24,
    lossPercent: 0,
    rationale: 'A guest network that lets TCP out and no UDP: signalling works, and no voice gets through.',
    source:
      'that such networks exist: RFC 9308 section 2, by which measurements found 3 to 5 % of networks to block all UDP; delay chosen as for home-wifi',
  },
  'captive-portal': {
    parameters: {
      delayMs: 12,
      jitterMs: 3,
      distribution: 'normal',
      block: 'all',
    },
    roundTripMs: 24,
    lossPercent: 0,
    rationale:
      'A network before its user has signed in: nothing leaves it. The page of the portal is not modelled, nor that some portals answer for the server instead of dropping.',
    source:
      'that such networks exist: RFC 8952 section 1, access is limited until requirements are met; that nothing at all gets out is chosen, and the delay is as for home-wifi',
  },
};
