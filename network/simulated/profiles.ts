/**
 * Kinds of access network, as data. Where there is a public figure, `source` names it and what it says; everything else is chosen, and
 * says so: each profile is set so that what a procedure must survive on such a network (slow answers, bursts of loss, packets
 * out of order) really occurs. They describe one handset-to-server link; a call crosses two. Delay and loss are the same
 * both ways, because the sources measure round trips.
 */
import type { LinkParameters } from './link-parameters.ts';

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

export type ProfileName = (typeof PROFILE_NAMES)[number];

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
    },
    roundTripMs: 150,
    lossPercent: 1,
    rationale:
      'HSPA of 2015; scheduling and retransmission on the radio link spread the delay; loss in bursts of about five packets at handover.',
    source:
      'round trip: the "Mobile 3G - Fast" setting of WebPageTest and Lighthouse, 150 ms; that loss comes with changes of the radio state: Baltrunas et al., Dissecting Packet Loss in Mobile Broadband Networks from the Edge, INFOCOM 2015; the other values are chosen',
  },
  '4g': {
    parameters: {
      delayMs: 30,
      jitterMs: 8,
      distribution: 'normal',
      lossGemodel: { p: 0.0012, r: 0.3, oneMinusH: 0.5 },
    },
    roundTripMs: 60,
    lossPercent: 0.2,
    rationale: 'LTE under moderate load, loss in short bursts.',
    source: 'chosen',
  },
  congested: {
    parameters: {
      delayMs: 250,
      jitterMs: 120,
      distribution: 'normal',
      lossRandom: 0.02,
      lossGemodel: { p: 0.06, r: 0.4, oneMinusH: 0.47 },
      duplicate: 0.001,
    },
    roundTripMs: 500,
    lossPercent: 8,
    rationale:
      'A full cell at a major incident: loss mostly in short bursts, frequent reordering. The worst network at home that a procedure with a deadline should meet.',
    source: 'chosen',
  },
  'roaming-near': {
    parameters: {
      delayMs: 75,
      jitterMs: 12,
      distribution: 'normal',
      lossGemodel: { p: 0.004, r: 0.2, oneMinusH: 0.5 },
    },
    roundTripMs: 150,
    lossPercent: 1,
    rationale: 'A visited 4G network in a nearby country; all traffic goes through the home network first.',
    source:
      'Mandalari et al., Experience: Implications of Roaming in Europe, MobiCom 2018: home routing adds 60 ms or more to the round trip; laid over the profile 4g, with 30 ms and the loss chosen',
  },
  'roaming-far': {
    parameters: {
      delayMs: 150,
      jitterMs: 25,
      distribution: 'paretonormal',
      lossGemodel: { p: 0.008, r: 0.2, oneMinusH: 0.52 },
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
      jitterMs: 50,
      delayCorrelation: 0.25,
      distribution: 'normal',
      lossGemodel: { p: 0.02, r: 0.2, oneMinusH: 0.55 },
      rate: { bitsPerSecond: 384_000 },
      limitPackets: 200,
    },
    roundTripMs: 400,
    lossPercent: 5,
    rationale:
      'A visited 3G network on another continent: the rate and the queue of a UMTS bearer, jitter that lasts.',
    source:
      'rate: the 384 kbit/s class of the UMTS radio access bearers (3GPP TS 34.108); delay and loss are chosen',
  },
  'roaming-congested': {
    parameters: {
      delayMs: 300,
      jitterMs: 100,
      distribution: 'paretonormal',
      lossRandom: 0.02,
      lossGemodel: { p: 0.015, r: 0.1, oneMinusH: 0.63 },
    },
    roundTripMs: 600,
    lossPercent: 10,
    rationale: 'A full cell abroad: what travellers get in an airport on a bad day.',
    source: 'chosen',
  },
  'roaming-satellite': {
    parameters: {
      delayMs: 400,
      jitterMs: 40,
      distribution: 'normal',
      lossGemodel: { p: 0.05, r: 0.2, oneMinusH: 0.75 },
    },
    roundTripMs: 800,
    lossPercent: 15,
    rationale:
      'A ship or an aeroplane: the cell on board is behind a geostationary satellite, at the edge of its beam in rain.',
    source:
      'RFC 2488 section 2: 558 ms of propagation there and back for one hop at the edge of view; the rest of the delay and the loss are chosen',
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
      'that such networks exist: Langley et al., The QUIC Transport Protocol, SIGCOMM 2017, which had to fall back to TCP where UDP is blocked; delay chosen as for home-wifi',
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
      'RFC 8952 section 2.4: until its conditions are met, enforcement blocks all but the portal; delay chosen as for home-wifi',
  },
};
