/** Handshake messages and alerts under mutated octets. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { concat, fromAscii } from '../../sim/octets.ts';
import { parseAlert } from './alert.ts';
import { vector } from './cursor.ts';
import {
  encodeDheClientKeyExchange,
  encodeDheServerKeyExchange,
  parseDheClientKeyExchange,
  parseDheServerKeyExchange,
} from './dhe-messages.ts';
import { EphemeralKey, FFDHE2048, groupOf, numbersOf, obviousSecret } from './ephemeral.ts';
import {
  encodeClientKeyExchange,
  encodeHandshake,
  HANDSHAKE,
  HandshakeReader,
  parseClientKeyExchange,
  parseEmpty,
  parseFinished,
  parseServerKeyExchange,
  type HandshakeMessage,
} from './handshake.ts';
import {
  encodeClientHello,
  encodeServerHello,
  hasFlag,
  hasRenegotiationInfo,
  parseClientHello,
  parseServerHello,
  supportedVersions,
} from './hello.ts';

const clientHello = encodeClientHello({
  version: 0x0303,
  random: new Uint8Array(32).fill(7),
  sessionId: Uint8Array.of(1, 2, 3),
  cipherSuites: [0x1301, 0x008c, 0x00ff],
  compressionMethods: Uint8Array.of(0),
  extensions: [
    { type: 22, content: new Uint8Array(0) },
    { type: 43, content: Uint8Array.of(4, 3, 4, 3, 3) },
    { type: 0xff01, content: Uint8Array.of(0) },
  ],
});

const serverHello = encodeServerHello({
  version: 0x0303,
  random: new Uint8Array(32).fill(9),
  sessionId: new Uint8Array(0),
  cipherSuite: 0x008c,
  compressionMethod: 0,
  extensions: [
    { type: 0xff01, content: Uint8Array.of(0) },
    { type: 23, content: new Uint8Array(0) },
  ],
});

function parse(message: HandshakeMessage): unknown {
  switch (message.type) {
    case HANDSHAKE.clientHello: {
      const hello = parseClientHello(message.body);
      return [hello, hasFlag(hello, 22), supportedVersions(hello), hasRenegotiationInfo(hello)];
    }
    case HANDSHAKE.serverHello: {
      const hello = parseServerHello(message.body);
      return [hello, hasFlag(hello, 23), hasRenegotiationInfo(hello)];
    }
    case HANDSHAKE.serverKeyExchange:
      return parseServerKeyExchange(message.body);
    case HANDSHAKE.clientKeyExchange:
      return parseClientKeyExchange(message.body);
    case HANDSHAKE.finished:
      return parseFinished(message.body);
    default:
      return parseEmpty(message.body, `message ${message.type}`);
  }
}

const ephemeral = new EphemeralKey(FFDHE2048, Uint8Array.of(7));

/** The messages of a handshake, one by one, and their framing. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'TLS handshake messages',
    samples: [
      encodeHandshake(HANDSHAKE.clientHello, clientHello),
      concat(
        encodeHandshake(HANDSHAKE.serverHello, serverHello),
        encodeHandshake(HANDSHAKE.serverKeyExchange, vector(2, fromAscii('a hint'))),
        encodeHandshake(HANDSHAKE.serverHelloDone),
      ),
      encodeHandshake(HANDSHAKE.clientKeyExchange, encodeClientKeyExchange('+447700900001 é')),
      encodeHandshake(HANDSHAKE.clientKeyExchange, vector(2, new Uint8Array(0))),
      encodeHandshake(HANDSHAKE.finished, new Uint8Array(12).fill(5)),
    ],
    parse(input) {
      const reader = new HandshakeReader();
      reader.push(input);
      const parsed: unknown[] = [];
      for (let message = reader.next(); message !== undefined; message = reader.next())
        parsed.push(parse(message));
      return parsed;
    },
  },
  {
    name: 'TLS ephemeral key of a server',
    samples: [
      encodeDheServerKeyExchange({ hint: fromAscii('a hint'), ...numbersOf(ephemeral) }),
      encodeDheServerKeyExchange({ hint: new Uint8Array(0), ...numbersOf(ephemeral) }),
    ],
    parse(input) {
      const { prime, generator, publicValue } = parseDheServerKeyExchange(input);
      return obviousSecret(groupOf(prime, generator), publicValue, ephemeral.publicValue);
    },
  },
  {
    name: 'TLS ephemeral key of a client',
    samples: [encodeDheClientKeyExchange('+447700900001 é', ephemeral.publicValue)],
    parse: parseDheClientKeyExchange,
  },
  { name: 'TLS alerts', samples: [Uint8Array.of(1, 0), Uint8Array.of(2, 20)], parse: parseAlert },
];
