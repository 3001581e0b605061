/** The methods in use: RFC 3261's six, and MESSAGE (RFC 3428). */
export const SIP_METHODS = ['REGISTER', 'INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'MESSAGE'] as const;

/** A name out of {@link SIP_METHODS}: what a request asks for. */
export type SipMethod = (typeof SIP_METHODS)[number];

const METHODS: ReadonlySet<string> = new Set(SIP_METHODS);

/** Methods compare with case (RFC 3261 section 7.1). */
export function isMethod(text: string): text is SipMethod {
  return METHODS.has(text);
}
