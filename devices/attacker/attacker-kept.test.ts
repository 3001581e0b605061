/** An attacker that was kept between two attacks has what it had: keys, places, and all that its taps had recorded. */
import test from 'ava';
import type { CapturedPacket } from '../../network/packet.ts';
import type { TapListener, TappableLink } from '../../network/tap.ts';
import { Attacker, type AttackerState } from './attacker.ts';
import { Hideout } from './hideout.fixture.ts';
import { BLOCKS_MAX, Recorder } from './recorder.ts';

test('keys, places and recordings are kept, and what follows is the same', (t) => {
  const hideout = new Hideout();
  hideout.seize('alice');
  const call = hideout.stage.call(hideout.call('bob', 'alice'));
  hideout.type('fetch-package alice 2015-10');
  t.is(hideout.attacker.unrest, 'an attack');
  hideout.bed.run(200);
  t.is(hideout.attacker.unrest, undefined);
  const { attacker, bed } = hideout;
  const kept = attacker.save();
  t.true(kept.hosts > 0 && kept.holdings.packages.length > 0 && kept.recorder.flat().length > 600);
  const taken = (state: AttackerState): Attacker =>
    new Attacker(bed.ports, {
      ...attacker.options,
      taps: ['alice-phone', 'bob-phone'].map((phone) => hideout.linkOf(phone)),
      kept: state,
    });
  const events = bed.trace.events.length;
  const again = taken(structuredClone(kept));
  t.is(bed.trace.events.length, events, 'it tells nothing of its being taken up');
  t.deepEqual(again.save(), kept);
  t.deepEqual(again.screen(), attacker.screen());
  t.deepEqual(again.recorder.media(call.began, call.ended), attacker.recorder.media(call.began, call.ended));
  t.true(again.recorder.media(call.began, call.ended).length > 0);
  const { psks } = again.holdings;
  t.true(again.recorder.offers(psks).length > 0);
  t.deepEqual(again.recorder.offers(psks), attacker.recorder.offers(psks));
  hideout.call('alice', 'bob');
  t.deepEqual(again.recorder.identities(), attacker.recorder.identities());
  t.deepEqual(again.save(), attacker.save());
  t.is(again.host(), attacker.host());
  const stop = again.probeNext(() => undefined);
  t.is(again.unrest, 'an attack', 'its next line is a probe');
  stop();
  t.is(again.unrest, undefined);
});

test('a clone that is switched off leaves nothing behind, and whoever made it is at rest', (t) => {
  const hideout = new Hideout();
  hideout.seize('alice');
  hideout.type('call-as alice bob');
  hideout.bed.run(200);
  t.deepEqual(
    hideout.bed.clock.timers.filter(({ owner }) => owner.includes('thief-1')),
    [],
  );
  t.is(hideout.attacker.unrest, undefined);
});

/** A link on which a test says what crosses. */
class Wire implements TappableLink {
  readonly name = 'wire';
  readonly ends = ['a', 'b'] as const;
  readonly #taps: TapListener[] = [];

  tap(listener: TapListener): () => void {
    this.#taps.push(listener);
    return () => undefined;
  }

  carry(packets: readonly CapturedPacket[]): void {
    for (const packet of packets) for (const tap of this.#taps) tap(packet);
  }
}

const packets = (count: number, from: number): readonly CapturedPacket[] =>
  Array.from({ length: count }, (_, n) => ({
    time: from + n,
    link: 'wire',
    toward: 'b',
    lost: n % 3 === 0,
    packet: {
      protocol: 'udp',
      from: { host: 'a', port: 1 },
      to: { host: 'b', port: 2 },
      octets: Uint8Array.of(n & 255),
    },
  }));

test('a recorder that has seen more than fits into memory says so, and does not go on in silence', (t) => {
  const wire = new Wire();
  const full = packets(1_024, 0);
  const recorder = new Recorder([wire], [...Array.from({ length: BLOCKS_MAX - 1 }, () => full), []]);
  wire.carry(packets(2_047, 0));
  t.is(recorder.save().length, BLOCKS_MAX + 1);
  t.throws(() => wire.carry(packets(1, 0)), { code: 'ATTACK_DISK_FULL', message: /3145728 packets/ });
});

test('what a recorder keeps stays as it was, and what it keeps later shares the blocks that were full', (t) => {
  const wire = new Wire();
  const recorder = new Recorder([wire]);
  t.deepEqual(recorder.save().flat(), []);
  const all: CapturedPacket[] = [];
  for (const count of [1, 1_022, 1, 1, 3_000, 71, 0, 2_000]) {
    const more = packets(count, all.length);
    const before = recorder.save();
    wire.carry(more);
    t.deepEqual(before.flat(), all);
    all.push(...more);
    const after = recorder.save();
    t.deepEqual(after.flat(), all);
    t.deepEqual(new Recorder([], structuredClone(after)).save(), after);
    t.true(before.slice(0, -1).every((block, n) => block === after[n]));
    t.true(after.every(({ length }, n) => length === 1_024 || n === after.length - 1));
    const [again, other] = [new Wire(), packets(1_500, all.length)];
    const taken = new Recorder([again], after);
    again.carry(other);
    t.deepEqual(taken.save().flat(), [...all, ...other]);
    t.deepEqual(after.flat(), all, 'and the one that goes on from it changes nothing of it');
    t.true(after.slice(0, -1).every((block, n) => block === taken.save()[n]));
  }
});
