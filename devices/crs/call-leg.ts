/** The server's side of the two dialogs of a call: what it says in one of them, and new keys that pass from one to the other. */
import { CalldrillError } from '../../sim/errors.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Address } from '../../network/fabric.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import {
  ackTo,
  addressOf,
  callIdOf,
  fromOf,
  newBranch,
  newCallId,
  newTag,
  remoteTargetOf,
  SDP_TYPE,
  telUri,
  toOf,
  withTag,
  type NameAddress,
  type SipRequest,
  type SipResponse,
  type Uri,
} from '../../network/sip/index.ts';
import type { CrsSession } from './session.ts';

/** The server's side of one of the two dialogs. */
export interface Leg {
  /** Another one once its phone has come in again. */
  session: CrsSession;
  /** Its session was cut, and its phone may come in again. */
  adrift: boolean;
  readonly callId: string;
  readonly local: NameAddress;
  remote: NameAddress;
  target: Uri;
  /** Where its phone finds the relay. */
  readonly media: Address;
  /** CSeq of what the server asked last in it. */
  sequence: number;
  /** The peer knows that the call is over. */
  told: boolean;
}

/** What both legs of a call are made of. */
type LegEnds = Pick<Leg, 'session' | 'media'> & { readonly random: RandomSource };

/** The leg of whoever called: the dialog that their INVITE begins. */
export function legOfCaller(invite: SipRequest, { session, media, random }: LegEnds): Leg {
  const remote = fromOf(invite);
  return {
    ...{ session, media, remote, sequence: 1, told: false, adrift: false },
    callId: callIdOf(invite),
    local: withTag(toOf(invite), newTag(random)),
    target: remoteTargetOf(invite, remote.uri),
  };
}

/** The leg of whoever is called: a dialog of the server's own, in the name of `shown`. */
export function legOfCallee(shown: TelNumber, host: string, { session, media, random }: LegEnds): Leg {
  return {
    ...{ session, media, sequence: 1, told: false, adrift: false },
    callId: newCallId(random, host),
    local: withTag(addressOf(telUri(shown)), newTag(random)),
    remote: addressOf(telUri(session.number)),
    target: telUri(session.number),
  };
}

/** Tells the phone of a leg that the call is over. */
export function hangUpOn(leg: Leg): void {
  leg.told = true;
  const { session, callId, local: from, remote: to, target: uri } = leg;
  const sequence = ++leg.sequence;
  session.conversation.request({ method: 'BYE', uri, from, to, callId, sequence }, () => undefined);
}

/** Invites the phone of a leg within the call. `done` gets the final response, which is acknowledged; undefined when none came. */
export function inviteWithin(
  leg: Leg,
  offer: Uint8Array,
  random: RandomSource,
  done: (response: SipResponse | undefined, invite: SipRequest) => void,
): void {
  const { session, callId, local: from, remote: to, target: uri } = leg;
  const { conversation, contact } = session;
  const body = { type: SDP_TYPE, octets: offer };
  const sequence = ++leg.sequence;
  const sent = conversation.request(
    { method: 'INVITE', uri, from, to, callId, sequence, contact, body },
    (response) => {
      if (response !== undefined && response.status < 200) return;
      if (response !== undefined) conversation.send(ackTo(sent, response, newBranch(random)));
      done(response, sent);
    },
  );
}

/** An INVITE within a call on its way from one phone to the other. */
export interface PassingRenewal {
  readonly asker: Leg;
  readonly asked: Leg;
  readonly invite: SipRequest;
  /** The offer as the other phone is to see it. */
  readonly offer: Uint8Array;
  readonly random: RandomSource;
  /** The answer as the phone that asked is to see it. Errors: SIP_MEDIA_TYPE, SDP_*. */
  readonly answerFor: (response: SipResponse, invite: SipRequest) => Uint8Array;
  /** `taken` when the other phone has. */
  readonly onOver: (taken: boolean) => void;
}

/** Asks the other phone, and tells the one that asked. What is refused changes nothing of the call (RFC 3261 14.1). */
export function passRenewal({
  asker,
  asked,
  invite,
  offer,
  random,
  answerFor,
  onOver,
}: PassingRenewal): void {
  const { conversation, contact } = asker.session;
  const over = (status: number, octets?: Uint8Array): void => {
    const body = octets === undefined ? {} : { body: { type: SDP_TYPE, octets } };
    conversation.respond(invite, status, { contact, ...body });
    onOver(octets !== undefined);
  };
  inviteWithin(asked, offer, random, (response, sent) => {
    if (response === undefined) return over(408);
    if (response.status >= 300) return over(response.status);
    try {
      over(200, answerFor(response, sent));
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      over(488);
    }
  });
}
