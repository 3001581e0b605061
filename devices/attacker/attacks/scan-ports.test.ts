import test from 'ava';
import { SIPS_PORT } from '../../signalling/packages.ts';
import { opened as openedBy, type Outcome } from '../attack.ts';
import { refuses } from '../outcome.fixture.ts';
import { Hideout, replaced } from '../hideout.fixture.ts';
import { NOTHING } from '../holdings.ts';
import { PORT_RANGE, ScanPorts, type PortRange } from './scan-ports.ts';

const hideout = new Hideout();

/** A scan from a place whose way to the CRS leads past a wall with these holes, which an open one has not. */
function scan(range?: PortRange, holes?: readonly number[], undeclared = true): ScanPorts {
  const options = { crs: 'crs', range, undeclared, host: hideout.host };
  if (holes === undefined) return new ScanPorts(hideout.stage, options);
  const { fabric } = hideout.bed;
  const wall = `wall-${hideout.host()}`;
  fabric.addRouter(wall, ({ to }) => to.host !== 'crs' || holes.includes(to.port));
  fabric.link(`${wall}-crs`, wall, 'crs');
  const attach = (name: string) => {
    const attachment = fabric.attach(name);
    fabric.link(`${name}-${wall}`, name, wall);
    return attachment;
  };
  return new ScanPorts(replaced(hideout.stage, { attach }), options);
}

const opened = (because: string): Outcome => openedBy(because, {});

test('a server that nothing guards resets what is not its own, and every reset is an answer', (t) => {
  const { route, needs, asset, capability } = scan().aim();
  t.deepEqual([route, needs, asset, capability], ['outside', [], 'ports of the CRS', 'reach']);
  t.deepEqual(
    hideout.outcomeOf(scan()),
    opened('44 of 44 ports answer: 21, 22, 23, 25, 53, 80, 110, 111 and 36 more'),
  );
});

test('what a wall drops is not reached, and what it lets through is named', (t) => {
  refuses(t, hideout.outcomeOf(scan(undefined, [SIPS_PORT])), 'firewall');
  t.deepEqual(hideout.outcomeOf(scan(undefined, [22])), opened('1 of 44 ports answers: 22'));
  t.deepEqual(hideout.outcomeOf(scan(undefined, [8080, 22])), opened('2 of 44 ports answer: 22, 8080'));
  t.is(
    hideout.outcomeOf(scan([100, 109], [100, 101, 102, 103, 104, 105, 106, 107])).because,
    '8 of 10 ports answer: 100, 101, 102, 103, 104, 105, 106, 107',
  );
  t.is(
    hideout.outcomeOf(scan([100, 109], [100, 101, 102, 103, 104, 105, 106, 107, 109])).because,
    '9 of 10 ports answer: 100, 101, 102, 103, 104, 105, 106, 107 and 1 more',
  );
});

test('a stranger should not reach the declared port either', (t) => {
  t.deepEqual(hideout.outcomeOf(scan(undefined, [SIPS_PORT], false)), opened('1 of 45 ports answers: 5061'));
  refuses(t, hideout.outcomeOf(scan(undefined, [], false)), 'firewall');
  t.is(scan(undefined, [], false).aim().attack, 'scan-ports');
  t.is(scan().aim().attack, 'scan-ports --undeclared');
});

test('the declared port is left out on demand, wherever it lies in a range', (t) => {
  t.is(hideout.outcomeOf(scan([5060, 5062])).because, '2 of 2 ports answer: 5060, 5062');
  t.is(hideout.outcomeOf(scan([5061, 5061])).outcome, 'inconclusive');
});

test('a port on which the server listens is reached as well as one that is reset', (t) => {
  hideout.bed.fabric.attach('other').listen(7, () => ({ onData: () => undefined, onClose: () => undefined }));
  const attach = (name: string) => {
    const attachment = hideout.bed.fabric.attach(name);
    hideout.bed.fabric.link(`${name}-other`, name, 'other');
    return attachment;
  };
  const stage = replaced(hideout.stage, { attach });
  t.is(
    hideout.outcomeOf(
      new ScanPorts(stage, { crs: 'other', range: [6, 8], undeclared: true, host: hideout.host }),
    ).because,
    '3 of 3 ports answer: 6, 7, 8',
  );
});

test('the controls: the declared port answers, and a host that does not exist does not', (t) => {
  t.deepEqual(hideout.outcomeOf(scan([1, 20]), NOTHING, 'positive'), opened('1 of 1 ports answers: 5061'));
  refuses(t, hideout.outcomeOf(scan([1, 20]), NOTHING, 'negative'), 'no-path');
});

test('a range is two ports in order', (t) => {
  for (const [word, range] of [
    ['1-1024', [1, 1024]],
    ['65535-65535', [65_535, 65_535]],
    ['64512-65535', [64_512, 65_535]],
    ['0-10', undefined],
    ['1-65535', [1, 65_535]],
    ['65535-65536', undefined],
    ['20-10', undefined],
    ['22', undefined],
    ['a22-30', undefined],
    ['22-30b', undefined],
    ['-', undefined],
    ['000001-5', undefined],
  ] as const)
    t.deepEqual(PORT_RANGE.read(word), range, word);
  t.is(PORT_RANGE.wants, 'a range of ports such as 1-1024');
});
