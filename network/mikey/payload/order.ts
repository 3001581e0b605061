/**
 * Which payloads a SAKKE message has, and in what order (RFC 6509 section 2.2.1):
 * ```
 * HDR, T, RAND, [IDRi], [IDRr], [IDRkmsi], [IDRkmsr], [CERT], {SP}, SAKKE, SIGN
 * ```
 * A General Extension may stand anywhere between T and SIGN (RFC 3830 section 6.15).
 */
import { mikeyError } from '../message-errors.ts';
import type { IdentityRole } from './identity.ts';
import type { Payload } from './payload.ts';

const IDENTITY_RANKS: Readonly<Record<Exclude<IdentityRole, 'other'>, number>> = {
  initiator: 2,
  'hashed initiator': 2,
  responder: 3,
  'hashed responder': 3,
  'initiator KMS': 4,
  'responder KMS': 5,
};

const RANKS = { T: 0, RAND: 1, CERT: 6, SP: 7, SAKKE: 8, SIGN: 9 } as const;

/** Follows the payloads of one message as they are read. */
export class PayloadOrder {
  readonly #seen = new Set<string>();
  #rank = -1;
  #last = 'HDR';

  /**
   * @throws MIKEY_PAYLOAD_ORDER when `payload`, which stands at `offset`, should have come earlier;
   * MIKEY_PAYLOAD_DUPLICATE when one like it has.
   */
  follow(payload: Payload, offset: number): void {
    const name = nameOf(payload);
    if (this.#seen.has(name))
      throw mikeyError('MIKEY_PAYLOAD_DUPLICATE', `${name} is there twice`, { where: { offset } });
    this.#seen.add(name);
    const rank = rankOf(payload) ?? this.#rank;
    if (rank < this.#rank || (this.#last === 'HDR' && payload.kind !== 'T'))
      throw mikeyError('MIKEY_PAYLOAD_ORDER', `${name} comes after ${this.#last}`, { where: { offset } });
    this.#rank = rank;
    this.#last = name;
  }
}

/** Undefined for what may stand anywhere. */
function rankOf(payload: Payload): number | undefined {
  if (payload.kind === 'EXT') return undefined;
  if (payload.kind !== 'IDR') return RANKS[payload.kind];
  return payload.role === 'other' ? undefined : IDENTITY_RANKS[payload.role];
}

/** What there may be one of. A hashed and a plain identity of one role are two payloads that contradict each other. */
function nameOf(payload: Payload): string {
  switch (payload.kind) {
    case 'IDR':
      return `IDR of the ${payload.role.replace('hashed ', '')}`;
    case 'SP':
      return `SP ${payload.number}`;
    case 'EXT':
      return `EXT ${payload.type}`;
    case 'T':
    case 'RAND':
    case 'CERT':
    case 'SAKKE':
    case 'SIGN':
      return payload.kind;
  }
}
