import test from 'ava';
import { AddressPlan } from './address-plan.ts';
import { TestNetwork } from './test-network.fixture.ts';

test('names are numbered as they come, and each is found by its number', (t) => {
  const plan = new AddressPlan();
  const hosts = Array.from({ length: 300 }, (_, i) => `host-${i}`);
  for (const host of [...hosts, 'host-7']) plan.add(host);
  t.is(plan.numberOf('host-0'), '10.0.0.1');
  t.is(plan.numberOf('host-299'), '10.0.1.44');
  t.deepEqual(
    hosts.map((host) => plan.hostOf(plan.numberOf(host))),
    hosts,
  );
});

test('who has no number is named, and what is no number of anybody stays as it is', (t) => {
  const plan = new AddressPlan();
  t.is(plan.numberOf('elsewhere'), 'elsewhere');
  t.is(plan.hostOf('10.0.0.1'), '10.0.0.1');
  t.is(plan.hostOf('crs'), 'crs');
});

test('every name of a network has a number, and has it again when the network is taken up', (t) => {
  const network = new TestNetwork('numbers');
  network.fabric.attach('crs');
  network.fabric.link('a', 'alice-phone', 'crs');
  const phone = network.fabric.attach('alice-phone');
  t.is(phone.numbers.numberOf('crs'), '10.0.0.1');
  t.is(phone.numbers.numberOf(phone.host), '10.0.0.2');
  t.is(phone.numbers.hostOf('10.0.0.2'), 'alice-phone');
});
