/**
 * The fabric: all that a device knows of the network. Datagrams, reliable streams and secure (TLS-PSK) streams, everything
 * by callback, nothing by promise. One implementation is simulated in virtual time (`simulated/`), one lives on real
 * sockets (`live/`), and one compliance suite passes on both: a device cannot tell which it is on.
 */

/** A host on the network (the device's name in a simulation, an address in a live run) and a port, 1..65535. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Why a stream is over. */
export type CloseReason =
  /** Both ends closed in order. */
  | 'closed'
  /** The peer, or something on the way, reset it. */
  | 'reset'
  /** The peer did not answer for as long as the transport waits. */
  | 'timed-out'
  /** No one listens there. */
  | 'refused'
  /** The TLS handshake or a record failed; `alert` says how. */
  | 'insecure';

/** How a stream ended: in order, or by what else. It is told once, and nothing follows it. */
export interface StreamClose {
  readonly reason: CloseReason;
  /** TLS alert number sent or received, when there was one (RFC 5246 7.2, RFC 4279). */
  readonly alert?: number;
  /** True when the alert came from the peer. */
  readonly remote?: boolean;
}

/** What the owner of a stream is told. */
export interface StreamHandlers {
  /** Ready to carry data (for a secure stream: the handshake is finished). */
  onOpen?(): void;
  onData(octets: Uint8Array): void;
  /** Exactly once; nothing follows it. */
  onClose(close: StreamClose): void;
}

/**
 * A reliable stream of octets. What is written before `onOpen` waits for it. A stream is never half closed to its owner: when
 * the peer closes, this end follows once all it wrote has arrived. After `close`, `reset` or `onClose` every call does nothing.
 * No callback runs inside a call of the owner.
 */
export interface Stream {
  readonly local: Address;
  readonly remote: Address;
  /** The octets may be reused by the caller once `write` returns. */
  write(octets: Uint8Array): void;
  /** Ends the stream in order once everything written has arrived. Until then data may still come in. */
  close(): void;
  /** Ends it at once; the peer is told by a reset, and `onClose` says `reset` here too. */
  reset(): void;
}

/** How the ends of a secure stream agree on keys: with the PSK alone, or with an ephemeral Diffie-Hellman exchange beside it. */
export type KeyExchange = 'psk' | 'dhe-psk';

/** What was negotiated. Printed in reports: a modern stack silently differs from one of 2013. */
export type Security = {
  readonly version: 'TLS 1.2';
  readonly cipherSuite: 'TLS_PSK_WITH_AES_128_CBC_SHA' | 'TLS_DHE_PSK_WITH_AES_128_CBC_SHA';
  /** The identity that the client sent in clear. */
  readonly pskIdentity: string;
  readonly encryptThenMac: boolean;
  readonly extendedMasterSecret: boolean;
};

/** A stream inside a TLS-PSK session: its owner hears of the opening only once both ends have proved that they hold the key. */
export interface SecureStream extends Stream {
  /** Known from `onOpen` on. */
  readonly security: Security | undefined;
}

/** How a server answers an identity it does not know (RFC 4279 section 2 leaves it open). */
export type UnknownIdentityAnswer =
  /** Alert 115, unknown_psk_identity: tells an outsider which identities exist. */
  | 'alert'
  /** Goes on with a random key, so that it looks exactly like a wrong key. */
  | 'as-wrong-key';

/** Told whether a handshake ended in a session. */
export type HandshakeOver = (secured: boolean) => void;

/** Whom a server lets in by which key, and what it offers to them. */
export interface SecureServerOptions {
  /** The key of an identity, or undefined when it is not known (or may not connect). */
  psk(identity: string): Uint8Array | undefined;
  readonly unknownIdentity: UnknownIdentityAnswer;
  readonly encryptThenMac: boolean;
  readonly extendedMasterSecret: boolean;
  /** It speaks the suite of this exchange and no other; plain PSK when left out. */
  readonly keyExchange?: KeyExchange;
  /**
   * The secret exponent of each ephemeral exchange, which is drawn anew when this is left out, as it must be: only the planted violation of that
   * rule gives one, in virtual time.
   */
  readonly fixedExponent?: Uint8Array;
  /**
   * Asked about each connection before anything of it is read. Undefined ends it by a reset, without a trace; otherwise what comes back is
   * called once, when the handshake is over. Everybody is admitted when left out.
   */
  admit?(remote: Address): HandshakeOver | undefined;
  /** Microseconds after which a handshake that is not finished has failed. */
  readonly handshakeTimeout?: number;
  /**
   * Asked about the first octets of each connection: whether they were answered otherwise, so that no handshake begins. What a server
   * should not speak is spoken here, and only by the planted violations of its rules, in virtual time.
   */
  takesOver?(octets: Uint8Array, stream: Stream): boolean;
  /**
   * A handshake that failed, with the identity if it was seen. It is strange where nothing was offered that is spoken here: other cipher
   * suites or versions, or no TLS at all.
   */
  onRefused?(refused: {
    remote: Address;
    identity: string | undefined;
    alert: number;
    isStrange: boolean;
  }): void;
}

/** Who a client says it is, and the key by which it proves that. */
export interface SecureClientOptions {
  readonly identity: string;
  readonly psk: Uint8Array;
  readonly encryptThenMac: boolean;
  readonly extendedMasterSecret: boolean;
  /** It offers the suite of this exchange and no other; plain PSK when left out. */
  readonly keyExchange?: KeyExchange;
}

/** An open UDP port: it sends to anybody until it is closed, and what comes goes to the callback it was opened with. */
export interface DatagramSocket {
  readonly local: Address;
  /** Sends one datagram of at most 65,507 octets. The octets may be reused by the caller once `send` returns. */
  send(to: Address, octets: Uint8Array): void;
  /** The same with octets that nobody writes on any more, such as those of a datagram that came in: they need not be copied. */
  give(to: Address, octets: Uint8Array): void;
  close(): void;
}

/** A TCP port that takes streams until it is closed; those that were taken go on after that. */
export interface Listener {
  readonly local: Address;
  close(): void;
}

/**
 * Numbers for hosts that have names. Session descriptions give numbers (RFC 8866 section 5.7), so that whoever reads along knows which
 * packets are the media.
 */
export interface HostNumbers {
  /** `10.0.0.4`: the IPv4 address that a host has for itself; its name where it has none. */
  numberOf(host: string): string;
  /** The host that has this IPv4 address; any other text as it is. */
  hostOf(number: string): string;
}

/**
 * One device's place on the network. A device without one (the CMS) has no way to send an octet: there is nothing to call.
 * Port 0 asks for a free port. Octets given to a callback are the callback's to keep, and not to be written on: others may have
 * them too.
 */
export interface Attachment {
  readonly host: string;
  readonly numbers: HostNumbers;
  openDatagram(port: number, onDatagram: (from: Address, octets: Uint8Array) => void): DatagramSocket;
  /** `accept` is called for each new stream, before any of its data, and returns that stream's handlers. */
  listen(port: number, accept: (stream: Stream) => StreamHandlers): Listener;
  connect(to: Address, handlers: StreamHandlers): Stream;
  /** `accept` is called when a handshake has finished. */
  listenSecure(
    port: number,
    options: SecureServerOptions,
    accept: (stream: SecureStream) => StreamHandlers,
  ): Listener;
  connectSecure(to: Address, options: SecureClientOptions, handlers: StreamHandlers): SecureStream;
  /**
   * Takes up a secure stream that was open when the network was kept, by its two ends: `handlers` hear of it from now on. Each is
   * claimed once. What is listened to and open for datagrams is not kept: whoever is taken up opens it again.
   */
  claimSecure(local: Address, remote: Address, handlers: StreamHandlers): SecureStream;
  /** Closes everything this device has open; its streams end by a reset. It may open anew afterwards. */
  detach(): void;
}
