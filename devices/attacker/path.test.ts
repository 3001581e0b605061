/** Paths are told in closed lists: whatever a line begins is in them. */
import test from 'ava';
import { Hideout } from './hideout.fixture.ts';
import { MEANS } from './means.ts';
import { ATTACK_NAMES } from './path.ts';
import { ROUTES } from './route.ts';

test('what a line states before it tries is of the lists, and it states the same when it has ended', (t) => {
  const hideout = new Hideout({ controlsCrs: true });
  hideout.call('alice', 'bob', 1);
  const routes: readonly string[] = Object.keys(ROUTES);
  for (const line of [
    'decrypt alice-to-bob#1 --with crs',
    'read-signalling alice --given-psk',
    'call-graph',
    'search-relay alice-to-bob#1',
    'forge alice bob --via carol',
    'forge alice bob --via crs --month 2015-11 --sent 2015-11-01T00:00:00Z',
    'enumerate alice',
  ]) {
    hideout.type(line);
    hideout.bed.run(120);
    const [began, ended] = [hideout.bed.last('attack.began'), hideout.bed.last('attack.ended')];
    if (began === undefined || ended === undefined) return t.fail(line);
    const { attack, route, needs } = began;
    t.deepEqual([ended.attack, ended.route, ended.needs], [attack, route, needs], line);
    t.true(
      ATTACK_NAMES.some((name) => name === attack),
      attack,
    );
    t.true(routes.includes(route.replace(/^account:.*/, 'account:<user>')), route);
    for (const kind of needs) t.true(Object.keys(MEANS).includes(kind), kind);
  }
});
