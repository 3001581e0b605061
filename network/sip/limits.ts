/**
 * The most a peer can make this codec hold or read. RFC 3261 sets none; these leave room for a MIKEY message (some 800
 * characters of base64) many times over.
 */
export const SIP_LIMITS = {
  /** Octets of the start line, or of a header line with its continuations, without its CR LF. */
  lineOctets: 8_192,
  /** Octets of a request URI or of any URI in a header. */
  uriOctets: 1_024,
  /** Header values, each element of a comma list counted. */
  headers: 128,
  /** Octets of the body. */
  bodyOctets: 32_768,
  /** Octets of start line, headers and body together. */
  messageOctets: 65_536,
} as const;

/** The same for a session description. */
export const SDP_LIMITS = {
  /** Octets of a line without its CR LF. */
  lineOctets: 8_192,
  lines: 128,
  /** Octets of the whole. */
  octets: 32_768,
} as const;
