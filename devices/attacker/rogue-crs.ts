/**
 * A server of the attacker's in the place of the CRS, on the way of one phone: what the phone connects to is answered with whatever PSK is
 * held for the identity that it says in clear. It is the phone that decides whether to register there.
 */
import type { RandomSource } from '../../sim/random.ts';
import { SECOND } from '../../sim/clock.ts';
import type { Link } from '../../network/simulated/index.ts';
import { newTag, type SipRequest } from '../../network/sip/index.ts';
import { toAscii } from '../../sim/octets.ts';
import type { ReachedHandset } from '../handset/index.ts';
import { Conversation } from '../signalling/conversation.ts';
import { PACKAGE_TYPE, SIPS_PORT } from '../signalling/packages.ts';
import { typeAt } from './attack.ts';
import type { HeldPsk } from './holdings.ts';
import type { AttackStage } from './stage.ts';

const AGAIN_AFTER = 40 * SECOND;

/** In front of which phone, from which place, and with which keys. */
export interface RogueCrsOptions {
  readonly phone: ReachedHandset;
  /** The phone's own link. */
  readonly link: Link;
  readonly host: string;
  readonly random: RandomSource;
  readonly keyring: (identity: string) => HeldPsk | undefined;
  /** How the phone comes to connect anew: its owner starts the app again, or uses it and its session breaks, which keeps the app as it is. */
  readonly by: 'restart' | 'fetch';
  /** The package that a request for one is answered with; none when left out. */
  readonly packageOf?: (month: string) => Uint8Array | undefined;
}

/** A phone that has registered, and the key that let it. */
export interface DeceivedPhone {
  readonly conversation: Conversation;
  readonly psk: HeldPsk | undefined;
}

/** Told of what the phone does. */
export interface RogueCrsEvents {
  readonly onRefused: (identity: string | undefined) => void;
  readonly onRegistered: (phone: DeceivedPhone) => void;
}

/** Diverts the phone from now on; the returned function lets it go. What its owner does while there is no connection is `by`. */
export function standAsCrs(
  stage: AttackStage,
  { phone, link, host, random, keyring, by, packageOf }: RogueCrsOptions,
  { onRefused, onRegistered }: RogueCrsEvents,
): () => void {
  const attachment = stage.attach(host);
  const { deployment } = stage;
  let isOver = false;
  let isRegistered = false;
  attachment.listenSecure(
    SIPS_PORT,
    {
      psk: (identity) => keyring(identity)?.psk,
      unknownIdentity: 'as-wrong-key',
      encryptThenMac: deployment['encrypt-then-mac'],
      extendedMasterSecret: deployment['extended-master-secret'],
      keyExchange: deployment['tls-key-exchange'],
      onRefused: ({ identity }) => onRefused(identity),
    },
    (stream) => {
      const psk = keyring(stream.security?.pskIdentity ?? '');
      const conversation: Conversation = new Conversation(stream, stage.clock, random, {
        onRequest: (request) => {
          if (request.method === 'ACK') return;
          const octets = packageOf?.(monthIn(request));
          const body = octets === undefined ? {} : { body: { type: PACKAGE_TYPE, octets } };
          conversation.respond(request, 200, { toTag: newTag(random), ...body });
          if (request.method !== 'REGISTER' || isOver) return;
          isRegistered = true;
          onRegistered({ conversation, psk });
        },
        onUnreadable: () => undefined,
      });
      return { onData: (octets) => conversation.receive(octets), onClose: () => conversation.ended() };
    },
  );
  const restore = link.divert(stage.crsOf(phone.user).name, host, link.ends[1]);
  // Whoever sees no connection for long tries again; a bad link may need it.
  const again = (): void => {
    if (isOver || isRegistered) return;
    typeAt(stage, phone, by, phone.user);
    stage.clock.schedule(AGAIN_AFTER, again);
  };
  stage.clock.schedule(SECOND, again);
  return () => {
    isOver = true;
    attachment.detach();
    restore();
  };
}

/** The month that a phone asks for; empty when it asks for none. */
function monthIn({ method, body }: SipRequest): string {
  return method === 'MESSAGE' ? toAscii(body) : '';
}
