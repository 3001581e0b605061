/**
 * Every secret that a shipped run knows, for tests that look for them where none may be: all that its events name, by the class that keeps them; the
 * traffic keys and salts of each call, with the session keys that SRTP makes of them; and the master secret of each TLS session. And whoever looks.
 */
import { offersOnCrs, sessionsOf } from '../devices/attacker/crs-image.ts';
import { crsKind } from '../devices/crs/kind.ts';
import { csbText } from '../devices/handset/index.ts';
import { readPcapng } from '../network/capture/pcapng-reader.fixture.ts';
import { parseMessage } from '../network/mikey/index.ts';
import { referenceKeys } from '../network/rtp/srtp-reference.fixture.ts';
import { shippedOptions, type ShippedRun } from '../scenarios/host/checkpoint-child.fixture.ts';
import { Performance } from '../scenarios/runs/performance.ts';
import { CAPTURE_FILE } from '../scenarios/runs/run-capture.ts';
import { Secret } from '../sim/secret.ts';

/** A secret with what it is, as a failed test names it. */
export interface KnownSecret {
  readonly what: string;
  readonly octets: Uint8Array;
}

/** A key package stays wrapped, and is meant to be seen: on discs and on links. */
const SEALED = 'key package';

/** The secrets of a run whose seed and key seed are both `disk`. */
export async function knownSecrets(run: ShippedRun): Promise<readonly KnownSecret[]> {
  const performance = new Performance({ ...(await shippedOptions(run)), capture: { secrets: true } });
  performance.finish();
  const { events } = performance.world.trace;
  const found = new Map<string, KnownSecret>();
  const add = (what: string, octets: Uint8Array): void => {
    found.set(Buffer.from(octets).toString('hex'), { what, octets });
  };
  const walk = (content: unknown): void => {
    if (content instanceof Secret) {
      if (content.kind !== SEALED) add(content.label, content.reveal());
    } else if (Array.isArray(content)) content.forEach(walk);
    else if (typeof content === 'object' && content !== null) Object.values(content).forEach(walk);
  };
  for (const { data } of events) walk(data);
  for (const [what, octets] of callSecrets(performance)) add(what, octets);
  const { keyLog } = readPcapng(performance.artefacts.get(CAPTURE_FILE) ?? new Uint8Array(0));
  for (const [, master = ''] of keyLog.matchAll(/^CLIENT_RANDOM [0-9a-f]{64} ([0-9a-f]{96})$/gm))
    add('master secret of a TLS session', Buffer.from(master, 'hex'));
  return [...found.values()];
}

/** What a call is protected with, by the offer that the CRS has of it and the SSV of its caller. */
function* callSecrets({ world }: Performance): Generator<readonly [what: string, octets: Uint8Array]> {
  const image = world.ofKind(crsKind).get('crs')?.extract() ?? new Uint8Array(0);
  const ssvs = new Map(
    world.trace.events.flatMap((event) =>
      event.type === 'mikey.sent' ? [[event.data.csb, event.data.ssv] as const] : [],
    ),
  );
  for (const offer of offersOnCrs(image).map((octets) => parseMessage(octets))) {
    const csb = csbText(offer.header.csbId);
    const ssv = ssvs.get(csb);
    if (ssv === undefined) continue;
    for (const { tek, salt } of sessionsOf(offer, ssv.reveal())) {
      yield [`TEK of ${csb}`, tek];
      yield [`salt of ${csb}`, salt];
      for (const [name, key] of Object.entries(referenceKeys(tek, salt)))
        yield [`SRTP ${name} key of ${csb}`, key];
    }
  }
}

/** How a secret may stand in a file: as it is, in hexadecimal, in base64 wherever it begins in what was encoded, and as a list of numbers. */
export function encodingsOf({ octets }: KnownSecret): readonly Buffer[] {
  const raw = Buffer.from(octets);
  const hex = raw.toString('hex');
  const pairs = hex.match(/../g) ?? [];
  const sextets = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), raw])
      .toString('base64')
      .replace(/=+$/, '');
    // A character that has bits of its neighbours is not the secret's alone.
    const ends = (before + raw.length) % 3 === 0 ? text.length : text.length - 1;
    return text.slice(Math.ceil((before * 4) / 3), ends);
  });
  const texts = [
    ...[hex, hex.toUpperCase()],
    ...[':', ' ', '-'].flatMap((between) => [pairs.join(between), pairs.join(between).toUpperCase()]),
    ...sextets,
    ...sextets.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ...[',', ', '].map((between) => [...raw].join(between)),
  ];
  return [raw, ...texts.map((text) => Buffer.from(text, 'latin1'))];
}

/** Finds any of many secrets in one pass: by the first four octets of each of their encodings. */
export class LeakFinder {
  readonly #encodings = new Map<number, { readonly what: string; readonly encoding: Buffer }[]>();

  constructor(secrets: readonly KnownSecret[]) {
    for (const secret of secrets)
      for (const encoding of encodingsOf(secret)) {
        const key = encoding.readUInt32BE(0);
        const known = this.#encodings.get(key) ?? [];
        this.#encodings.set(key, [...known, { what: secret.what, encoding }]);
      }
  }

  /** Which of the secrets stand in some octets, in whichever encoding. */
  leaksIn(content: Uint8Array): readonly string[] {
    const there = Buffer.from(content);
    const found = new Set<string>();
    let key = 0;
    for (const [at, octet] of there.entries()) {
      key = ((key << 8) | octet) >>> 0;
      if (at < 3) continue;
      for (const { what, encoding } of this.#encodings.get(key) ?? [])
        if (
          there.compare(
            encoding,
            0,
            encoding.length,
            at - 3,
            Math.min(at - 3 + encoding.length, there.length),
          ) === 0
        )
          found.add(what);
    }
    return [...found];
  }
}
