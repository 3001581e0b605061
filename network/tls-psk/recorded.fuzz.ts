/** The passive decryption under mutated recordings: 4 octets with the length of the client's direction, then both directions. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { concat } from '../../sim/octets.ts';
import { COMBINATIONS, PSK, wholeSession } from './engine.fuzz.ts';
import { decryptRecorded, readClientIdentity } from './recorded.ts';

const sessions = COMBINATIONS.map((client) => wholeSession({ client, seed: 'recorded' }));

const ephemeral = wholeSession({
  client: { keyExchange: 'dhe-psk' },
  server: { keyExchange: 'dhe-psk' },
  seed: 'recorded',
});
/** Opens the session with the ephemeral exchange: mutants get past it, to the records behind. */
const keyLog = [ephemeral.client.keyLogLine() ?? ''];

/** Both directions of a session that somebody has recorded, and the right key. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'TLS recording',
    samples: [...sessions, ephemeral].map(({ atClient, atServer }) => {
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, atClient.stream.length);
      return concat(length, atClient.stream, atServer.stream);
    }),
    parse(input) {
      const [a = 0, b = 0, c = 0, d = 0] = input;
      const split = 4 + ((a * 256 + b) * 256 + c) * 256 + d;
      const clientToServer = input.subarray(4, split);
      return decryptRecorded({ clientToServer, serverToClient: input.subarray(split), psk: PSK, keyLog });
    },
  },
  {
    name: 'TLS identity in clear',
    samples: [...sessions, ephemeral].map(({ atClient }) => atClient.stream),
    parse: readClientIdentity,
  },
];
