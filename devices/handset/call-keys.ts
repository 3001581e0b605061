/**
 * The keys of calls: the I_MESSAGE that a phone makes for a call it places, and what it believes of one that comes in. The
 * identity that verified is who calls, whatever the network says.
 */
import { MILLISECOND } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';
import { Secret } from '../../sim/secret.ts';
import type { RandomSource } from '../../sim/random.ts';
import {
  openIMessage,
  receiveRules,
  sealIMessage,
  type TelNumber,
  type UserKeys,
} from '../../network/mikey/index.ts';
import type { HostNumbers } from '../../network/fabric.ts';
import { fromOf, type SipRequest } from '../../network/sip/index.ts';
import type { RealTimeClock } from '../hardware/index.ts';
import type { Ports } from '../ports.ts';
import { readOffer, type ReceivedOffer } from '../signalling/session-description.ts';
import { AcceptedMessages, type AcceptedMessagesState } from './accepted-messages.ts';
import type { CallParty } from './call-party.ts';
import type { Contacts } from '../contacts.ts';
import type { Communities } from './communities.ts';
import { handsetError } from './errors.ts';
import { csbText, factsOf } from './key-message.ts';
import type { KeyRing } from './key-ring.ts';

/** The one key management that this app offers (RFC 4567). */
const OFFERED = ['mikey'];

/** Whose keys, by which clock, and who the contacts are. */
export interface CallKeysOptions {
  readonly ports: Ports;
  readonly device: string;
  readonly user: string;
  readonly random: RandomSource;
  readonly clock: RealTimeClock;
  readonly contacts: Contacts;
  readonly ring: KeyRing;
  /** The number of the SIM, which is nobody's identity here. */
  readonly simNumber: () => TelNumber | undefined;
  /** Whether the app has the fault that it takes a message which it has taken before. */
  readonly takesTwice: () => boolean;
  readonly communities: Communities;
}

/** What a new call is begun with: an I_MESSAGE of this phone, and the keys that only its callee can derive. */
export interface OutgoingKeys {
  readonly party: CallParty;
  readonly iMessage: Uint8Array;
  /** The SSV in clear, where the rule `handset.keeps-ssv-to-itself` is broken. */
  readonly leak: Uint8Array | undefined;
}

/** What a call that came in is rung with, after its I_MESSAGE was opened and its signature verified. */
export interface IncomingKeys {
  readonly party: CallParty;
  readonly received: ReceivedOffer;
  /** The caller to show, and the one that the network names. */
  readonly shown: string;
  readonly header: string;
  readonly mismatch: boolean;
}

/** The keys of calls as a plain value: those of a call that goes on are never kept. */
export type CallKeysState = {
  /** Undefined before the first. */
  readonly accepted: AcceptedMessagesState | undefined;
};

/** Seals and opens I_MESSAGEs, and remembers those it has seen until the app restarts. */
export class CallKeys implements Kept<CallKeysState> {
  readonly #options: CallKeysOptions;
  /** Made when it is first asked: most phones of a crowd are never called. */
  #made: AcceptedMessages | undefined;

  constructor(options: CallKeysOptions, kept?: CallKeysState) {
    this.#options = options;
    if (kept?.accepted !== undefined) this.#made = this.#newAccepted(kept.accepted);
  }

  save(): CallKeysState {
    return { accepted: this.#made?.save() };
  }

  get #accepted(): AcceptedMessages {
    return (this.#made ??= this.#newAccepted());
  }

  #newAccepted(kept?: AcceptedMessagesState): AcceptedMessages {
    return new AcceptedMessages({ keying: this.#options.ports.deployment['replay-cache'] }, kept);
  }

  /** The app has started again: what it accepted before is forgotten. */
  restart(): void {
    this.#accepted.restart({ unixMs: this.#options.clock.unixMs(), skewLimitMs: this.#skewLimitMs });
  }

  /** Seals a new SSV to somebody; undefined without keys of this month. */
  seal(to: TelNumber): OutgoingKeys | undefined {
    const { ports, device, user, random, clock, contacts, ring, simNumber, communities } = this.#options;
    const { settings } = ring;
    const kms = communities.towards(to);
    const senderKeys = ring.keysOf(ring.period);
    if (settings === undefined || kms === undefined || senderKeys === undefined) return undefined;
    const { deployment, rules, trace } = ports;
    const policy = { profile: deployment['srtp-profile'] };
    const number = rules.holds('handset.number-from-keys')
      ? settings.number
      : (simNumber() ?? settings.number);
    const sealed = sealIMessage({
      from: number,
      to,
      senderKeys: { ...senderKeys, number },
      kms,
      unixMs: clock.unixMs(),
      random,
      prf: deployment['mikey-prf'],
      policy,
      offered: OFFERED,
      monthOfKeys: deployment['month-by'] === 'local-time',
      ssv: rules.holds('handset.random-ssvs') ? undefined : new Uint8Array(16),
    });
    const [outward, back] = sealed.sessions;
    const party: CallParty = {
      csb: csbText(sealed.csbId),
      from: user,
      to: contacts.nameOf(to),
      peer: to,
      ssv: sealed.ssv,
      policy,
      sending: outward,
      receiving: rules.holds('handset.key-per-direction') ? back : outward,
    };
    const ssv = new Secret('SSV', party.csb, sealed.ssv);
    trace.append('mikey.sent', device, {
      csb: party.csb,
      from: party.from,
      to: party.to,
      ...factsOf(sealed.octets),
      policy: policy.profile,
      period: senderKeys.period,
      ssv,
    });
    trace.append('custody.made', device, { secrets: [ssv], from: null, to: device });
    this.#used(new Secret('SSK', ownerOf(senderKeys), senderKeys.ssk));
    const leaks = !rules.holds('handset.keeps-ssv-to-itself');
    if (leaks)
      trace.append('custody.served', device, { secrets: [ssv], from: device, to: settings.crs.host });
    const leak = leaks ? sealed.ssv : undefined;
    return { party, iMessage: sealed.octets, leak };
  }

  /** Whether there are keys of this month or a later one: of what is missing before them, the calendar was done. */
  get hasKeysFromNowOn(): boolean {
    const { periods, period } = this.#options.ring;
    return periods.some((held) => held >= period);
  }

  /** What an I_MESSAGE is held against: all rules, less those that are planted and the one that a faulty app forgets. */
  get #rules(): typeof receiveRules {
    const { ports, takesTwice } = this.#options;
    const isKept = (id: (typeof receiveRules)[number]['id']): boolean =>
      id === 'recipient' || (ports.rules.holds(`handset.${id}`) && !(id === 'replay' && takesTwice()));
    return receiveRules.filter(({ id }) => isKept(id));
  }

  /** Who a request says it is from: the number, or '' when it is none. */
  claimedBy(invite: SipRequest): string {
    const { uri } = fromOf(invite);
    return uri.scheme === 'tel' ? uri.number : '';
  }

  /**
   * Opens the I_MESSAGE of an INVITE; within a call it must be of the one who is at the other end.
   * Errors: SIP_MEDIA_TYPE, SDP_*, MIKEY_*, HANDSET_DOWNGRADE, HANDSET_OTHER_PEER, HANDSET_NOT_ENROLLED.
   */
  open(invite: SipRequest, numbers: HostNumbers, within?: TelNumber): IncomingKeys {
    const { ports, device, user, clock, contacts, ring, communities } = this.#options;
    const { settings, kms } = ring;
    if (settings === undefined || kms === undefined)
      throw handsetError('HANDSET_NOT_ENROLLED', `${device} has no keys`);
    const { deployment, rules, trace } = ports;
    const received = readOffer(invite, numbers);
    const opened = openIMessage(received.iMessage, {
      ...{ self: settings.number, kms },
      keysFor: (period) => ring.keysOf(period),
      kpaksFor: (initiator) => communities.believedFor(initiator),
      unixMs: clock.unixMs(),
      skewLimitMs: this.#skewLimitMs,
      replayCache: this.#accepted,
      calendar: deployment.calendar,
      rules: this.#rules,
    });
    // RFC 4567 section 7: the signed list of offers must be the one that came, or somebody took a better one out.
    if (opened.offered.join(';') !== OFFERED.join(';')) {
      throw handsetError(
        'HANDSET_DOWNGRADE',
        `the caller signed for the offers '${opened.offered.join(';')}'`,
      );
    }
    if (within !== undefined && opened.from !== within)
      throw handsetError('HANDSET_OTHER_PEER', `it is of ${opened.from}, the call is with ${within}`);
    const [outward, back] = opened.sessions;
    const party: CallParty = {
      csb: csbText(opened.csbId),
      from: contacts.nameOf(opened.from),
      to: user,
      peer: opened.from,
      ssv: opened.ssv,
      policy: opened.policy,
      sending: rules.holds('handset.key-per-direction') ? back : outward,
      receiving: outward,
      peerStart: opened.start,
    };
    trace.append('mikey.accepted', device, {
      csb: party.csb,
      from: party.from,
      to: party.to,
      ...factsOf(received.iMessage),
      policy: opened.policy.profile,
      period: opened.period,
    });
    const ssv = new Secret('SSV', party.csb, opened.ssv);
    trace.append('custody.unwrapped', device, { secrets: [ssv], from: null, to: device });
    const keys = ring.keysOf(opened.period);
    if (keys !== undefined) this.#used(new Secret('RSK', ownerOf(keys), keys.rsk));
    const named = this.claimedBy(invite);
    const shown = rules.holds('handset.verified-identity') ? opened.from : named;
    return {
      party,
      received,
      shown: contacts.nameOf(shown),
      header: contacts.nameOf(named),
      mismatch: named !== opened.from,
    };
  }

  #used(secret: Secret): void {
    const { ports, device } = this.#options;
    ports.trace.append('custody.used', device, { secrets: [secret], from: device, to: device });
  }

  get #skewLimitMs(): number {
    return this.#options.ports.deployment['skew-limit'] / MILLISECOND;
  }
}

function ownerOf({ number, period }: UserKeys): string {
  return `${number} ${period}`;
}
