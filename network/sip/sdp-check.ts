/** Checks the attributes that mean something here (see `sdp-attribute.ts`), each where it stands. */
import { sdpError, type SdpCode } from './errors.ts';
import { keyMgmtIn, sourceIn } from './sdp-attribute.ts';
import type { SdpAttribute } from './sdp.ts';

/** An attribute of a description and where it stands, so that what is wrong with it can be shown. */
export interface PlacedAttribute extends SdpAttribute {
  /** Octet offset of what follows `a=`. */
  readonly offset: number;
}

/** The encoding is a token of RFC 8866 section 9. */
const RTPMAP = /^(\d{1,3}) ([\x21\x23-\x27*+\-.0-9A-Z^-~]+\/\d+(?:\/\d+)?)$/;
const PCMU = /^PCMU\/8000(?:\/1)?$/i;
/** non-zero-int-or-real of RFC 8866 section 9. */
const PTIME = /^(?:[1-9]\d*|(?:0|[1-9]\d*)\.\d*[1-9])$/;
/** With rtcp-mux these would look like RTCP (RFC 5761 section 4). */
const RTCP_LOOKALIKE = { from: 64, to: 95 } as const;

/**
 * What there may be one of may be there once for the session and once for the stream, which then counts (RFC 8866 section 5.13); key
 * management once in all, so that which one counts is no matter of taste.
 * @throws SDP_ATTRIBUTE, SDP_KEY_MGMT, SDP_MEDIA, SDP_NOT_SERVED
 */
export function checkAttributes(
  ofSession: readonly PlacedAttribute[],
  ofMedia: readonly PlacedAttribute[],
  payloadTypes: readonly number[],
): void {
  checkLevel(ofSession, payloadTypes);
  checkLevel(ofMedia, payloadTypes);
  const all = [...ofSession, ...ofMedia];
  const [, again] = all.filter(({ name }) => name === 'key-mgmt');
  if (again !== undefined) fail(again, 'a second key-mgmt', 'SDP_KEY_MGMT');
  const [first, ...others] = all.filter(({ name }) => name === 'ssrc');
  const other = first && others.find((attribute) => sourceIn(attribute) !== sourceIn(first));
  if (other !== undefined) fail(other, 'a second SSRC', 'SDP_NOT_SERVED');
}

function checkLevel(attributes: readonly PlacedAttribute[], payloadTypes: readonly number[]): void {
  const seen = new Set<string>();
  for (const attribute of attributes) {
    const once = checkAttribute(attribute, payloadTypes);
    if (once === undefined) continue;
    if (seen.has(once)) fail(attribute, `a second ${once}`);
    seen.add(once);
  }
}

/** Checks one attribute. Returns what there may be one of, if it is that. */
function checkAttribute(attribute: PlacedAttribute, payloadTypes: readonly number[]): string | undefined {
  const { name, value } = attribute;
  switch (name) {
    case 'sendrecv':
    case 'sendonly':
    case 'recvonly':
    case 'inactive':
      if (value !== undefined) fail(attribute, 'a direction has no value');
      return 'direction';
    case 'rtcp-mux':
      checkMultiplexing(attribute, payloadTypes);
      return name;
    case 'ptime':
      if (!PTIME.test(value ?? '')) fail(attribute, 'a=ptime:<milliseconds> expected');
      return name;
    case 'rtpmap':
      return `rtpmap of ${checkRtpmap(attribute)}`;
    case 'key-mgmt':
      if (keyMgmtIn(attribute) === undefined) {
        fail(attribute, 'a=key-mgmt:mikey and base64 expected', 'SDP_KEY_MGMT');
      }
      return undefined;
    case 'ssrc':
      if (sourceIn(attribute) === undefined) fail(attribute, 'a=ssrc:<SSRC> <attribute> expected');
      return undefined;
    default:
      return undefined;
  }
}

function checkMultiplexing(attribute: PlacedAttribute, payloadTypes: readonly number[]): void {
  if (attribute.value !== undefined) fail(attribute, 'a=rtcp-mux has no value');
  const lookalike = payloadTypes.find((type) => type >= RTCP_LOOKALIKE.from && type <= RTCP_LOOKALIKE.to);
  if (lookalike === undefined) return;
  fail(attribute, `payload type ${lookalike} looks like RTCP on one port with it`, 'SDP_MEDIA');
}

/** Returns the payload type that the map is of, which `m=` need not have. */
function checkRtpmap(attribute: PlacedAttribute): number {
  const [, digits, encoding = ''] = RTPMAP.exec(attribute.value ?? '') ?? [];
  if (digits === undefined) fail(attribute, 'a=rtpmap:<payload type> <encoding>/<rate> expected');
  const type = Number(digits);
  if (type === 0 && !PCMU.test(encoding)) {
    fail(attribute, `payload type 0 is PCMU/8000, not ${encoding}`, 'SDP_MEDIA');
  }
  return type;
}

function fail({ offset }: PlacedAttribute, problem: string, code: SdpCode = 'SDP_ATTRIBUTE'): never {
  throw sdpError(code, problem, { where: { offset } });
}
