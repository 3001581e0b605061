/**
 * SIP over a reliable stream (RFC 3261) and the session descriptions it carries (RFC 8866, RFC 4567), as far as a call needs
 * them. No socket, no clock, nothing of MIKEY: octets in, typed messages out, and back.
 *
 * Start at `message.ts` (what a message is), `framing.ts` (how a stream becomes messages), `build.ts` (how a device makes one)
 * and `sdp.ts` (what a call offers).
 */
export { addressOf, formatAddress, parseAddress, tagOf, withTag, type NameAddress } from './address.ts';
export {
  ackTo,
  cancelOf,
  requestOf,
  responseTo,
  type RequestParts,
  type ResponseParts,
  type SipBody,
} from './build.ts';
export { describeSip, type DescribedField } from './describe.ts';
export { dialogKey, dialogOf, type DialogId } from './dialog.ts';
export { SDP_CODES, SIP_CODES, statusOf, type SdpCode, type SipCode, type SipCodeEntry } from './errors.ts';
export {
  callIdOf,
  cseqOf,
  contactsOf,
  expiresOf,
  fromOf,
  remoteTargetOf,
  sdpBodyOf,
  SDP_TYPE,
  toOf,
  topBranchOf,
  topViaOf,
} from './field.ts';
export { SipFramer, type Framed, type UnreadableMessage } from './framing.ts';
export { SipHeaders, type SipHeader } from './headers.ts';
export { newBranch, newCallId, newTag } from './identifier.ts';
export { SDP_LIMITS, SIP_LIMITS } from './limits.ts';
export { parseMessage, type SipMessage, type SipRequest, type SipResponse } from './message.ts';
export { SIP_METHODS, type SipMethod } from './method.ts';
export type { AddressParameters } from './parameters.ts';
export { refusalTo } from './refusal.ts';
export { directionOf, hasRtcpMux, keyMgmtOf, ptimeOf, ssrcOf } from './sdp-attribute.ts';
export { formatSdp } from './sdp-format.ts';
export { answerOf, offerOf, parseAnswer, parseOffer, type MediaParts, type Offer } from './sdp-offer.ts';
export { parseSdp } from './sdp-parse.ts';
export { rewriteTransport } from './sdp-relay.ts';
export type { SdpAttribute, SdpDirection, SdpOrigin, SessionDescription } from './sdp.ts';
export { serialise } from './serialise.ts';
export { PendingRequests, TRANSACTION_TIMEOUT, transactionKey } from './transaction.ts';
export { formatUri, parseUri, telUri, type SipUri, type TelUri, type Uri } from './uri.ts';
export type { CSeq } from './value.ts';
export type { Via } from './via.ts';
