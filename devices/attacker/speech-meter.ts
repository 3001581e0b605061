/**
 * Whether speech goes on between two phones: media packets that come to each over its own link while it is listened to. What the phones say of
 * themselves is not asked.
 */
import { isAddressOf } from './address.ts';
import { SECOND, type Micros } from '../../sim/clock.ts';
import type { AttackStage } from './stage.ts';

/** Packets of a second of speech (20 ms each), and the share of them that makes a conversation. */
const PACKETS_PER_SECOND = 50;
const SHARE = 0.5;

/** Counts for as long as this, and says how many packets came to each of them, and whether that is a conversation. */
export function measureSpeech(
  stage: AttackStage,
  phones: readonly string[],
  lasts: Micros,
  done: (heard: { readonly counts: readonly number[]; readonly goesOn: boolean }) => void,
): void {
  const counts = phones.map(() => 0);
  const stops = phones.map((phone, at) =>
    stage.listenTo(phone, ({ packet: { protocol, to } }) => {
      const isIts = isAddressOf(phone, to.host);
      if (protocol === 'udp' && isIts) counts[at] = (counts[at] ?? 0) + 1;
    }),
  );
  stage.clock.schedule(lasts, () => {
    for (const stop of stops) stop();
    const enough = SHARE * PACKETS_PER_SECOND * (lasts / SECOND);
    done({ counts, goesOn: counts.every((count) => count >= enough) });
  });
}
