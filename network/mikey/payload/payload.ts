/** A payload of any kind: reads and writes the one that a next payload value announces. */
import { mikeyError } from '../message-errors.ts';
import { readCertificate, writeCertificate, type Certificate } from './certificate.ts';
import { readExtension, writeExtension, type Extension } from './extension.ts';
import { readIdentity, writeIdentity, type Identity } from './identity.ts';
import { nextPayloadNote, PAYLOAD_TYPES } from './payload-type.ts';
import { readRand, writeRand, type Rand } from './rand.ts';
import type { Reader } from './reader.ts';
import { readSakke, writeSakke, type Sakke } from './sakke.ts';
import { readSecurityPolicy, writeSecurityPolicy, type SecurityPolicy } from './security-policy.ts';
import { readSign, writeSign, type Sign } from './sign.ts';
import { readTimestamp, writeTimestamp, type Timestamp } from './timestamp.ts';
import type { Writer } from './writer.ts';

/** What may follow the header. */
export type Payload = Timestamp | Rand | Identity | Certificate | SecurityPolicy | Extension | Sakke | Sign;

/** Reads the payload of type `number`, and the next payload value in front of it (SIGN has none: it is the last). */
export function readPayload(reader: Reader, number: number): { payload: Payload; next: number | undefined } {
  const offset = reader.offset;
  const type = PAYLOAD_TYPES.nameOf(number);
  if (type === undefined)
    throw mikeyError(
      'MIKEY_PAYLOAD_TYPE',
      `payload type ${number} (${nextPayloadNote(number) ?? 'unknown'}) has no place in a SAKKE message`,
      { where: { offset } },
    );
  reader.payload = type;
  if (type === 'SIGN') return { payload: readSign(reader), next: undefined };
  const next = reader.uint8('next payload', nextPayloadNote);
  switch (type) {
    case 'T':
      return { payload: readTimestamp(reader), next };
    case 'RAND':
      return { payload: readRand(reader), next };
    case 'IDR':
      return { payload: readIdentity(reader), next };
    case 'CERT':
      return { payload: readCertificate(reader), next };
    case 'SP':
      return { payload: readSecurityPolicy(reader), next };
    case 'EXT':
      return { payload: readExtension(reader), next };
    case 'SAKKE':
      return { payload: readSakke(reader), next };
  }
}

/** Writes one payload; `next` announces the one behind it, and SIGN, the last, has no room for it. */
export function writePayload(writer: Writer, payload: Payload, next: number): void {
  if (payload.kind !== 'SIGN') writer.uint8(next);
  switch (payload.kind) {
    case 'T':
      return writeTimestamp(writer, payload);
    case 'RAND':
      return writeRand(writer, payload);
    case 'IDR':
      return writeIdentity(writer, payload);
    case 'CERT':
      return writeCertificate(writer, payload);
    case 'SP':
      return writeSecurityPolicy(writer, payload);
    case 'EXT':
      return writeExtension(writer, payload);
    case 'SAKKE':
      return writeSakke(writer, payload);
    case 'SIGN':
      return writeSign(writer, payload);
  }
}
