/**
 * New keys within a call: a re-INVITE with an I_MESSAGE of its own (RFC 3261 section 14). It is believed like the one that began the call, and only of
 * the one who is at the other end. Where it is refused the call goes on under the keys that it has.
 */
import { CalldrillError } from '../../sim/errors.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Attachment } from '../../network/fabric.ts';
import { newTag, type SipRequest } from '../../network/sip/index.ts';
import type { Contacts } from '../contacts.ts';
import type { Ports } from '../ports.ts';
import type { CallKeys } from './call-keys.ts';
import type { Call } from './call.ts';
import { csbOffered } from './key-message.ts';
import type { MediaHeard } from './media.ts';
import { reasonOfRefusal } from './refusal-reason.ts';
import type { Service } from './service.ts';

/** The parts of a phone that new keys take. */
export interface RenewalOptions {
  readonly ports: Ports;
  readonly device: string;
  readonly user: string;
  readonly random: RandomSource;
  readonly attachment: Attachment;
  readonly contacts: Contacts;
  readonly callKeys: CallKeys;
  readonly service: Service;
  /** Something for the screen. */
  readonly say: (message: string) => void;
}

/** Asks for new keys, and takes those that the other end asks for. */
export class Renewals {
  readonly #options: RenewalOptions;

  constructor(options: RenewalOptions) {
    this.#options = options;
  }

  /** Offers new keys of this month to the other end. */
  ask(call: Call, onOutOfStep: () => void): void {
    const { ports, device, callKeys, say } = this.#options;
    const { csb, from, to, peer } = call.party;
    const keys = callKeys.seal(peer);
    if (keys === undefined) return;
    call.renew(keys, {
      heard: this.#heard(call, keys.party.csb, 'own', onOutOfStep),
      onTaken: () => say('The call has new keys.'),
      onRefused: (status) => {
        ports.trace.append('handset.renewal-refused', device, {
          csb,
          keyed: keys.party.csb,
          from,
          to,
          status,
        });
        say(`New keys were refused: ${status}.`);
      },
    });
  }

  /** An INVITE of the other end within the call. */
  answer(call: Call, invite: SipRequest, onOutOfStep: () => void): void {
    const { random, attachment, callKeys, service } = this.#options;
    const refuse = (status: number): void =>
      service.session?.conversation.respond(invite, status, { toTag: newTag(random) });
    if (!call.connected) return refuse(491);
    try {
      const keys = callKeys.open(invite, attachment.numbers, call.party.peer);
      call.takeRenewal(invite, keys, this.#heard(call, keys.party.csb, 'peer', onOutOfStep));
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      this.tell(invite, error);
      refuse(488);
    }
  }

  /** Why the I_MESSAGE of an INVITE was not believed, whichever call it was for. */
  tell(invite: SipRequest, { code, message }: CalldrillError): void {
    const { ports, device, user, contacts, callKeys } = this.#options;
    const csb = csbOffered(invite);
    const claimed = contacts.nameOf(callKeys.claimedBy(invite));
    const reason = reasonOfRefusal(code, callKeys.hasKeysFromNowOn);
    ports.trace.append('mikey.refused', device, { to: user, csb, claimed, code, message, reason });
  }

  /** Only who holds the new keys can have protected what is heard under them. */
  #heard(call: Call, keyed: string, offered: 'own' | 'peer', onOutOfStep: () => void): MediaHeard {
    const { ports, device, user, contacts } = this.#options;
    const { csb, from, to, peer } = call.party;
    const said = { csb, keyed, from, to, user, peer: contacts.nameOf(peer), offered };
    return { onConfirmed: () => void ports.trace.append('handset.call-rekeyed', device, said), onOutOfStep };
  }
}
