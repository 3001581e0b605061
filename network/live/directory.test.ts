import test from 'ava';
import { Directory } from './directory.ts';

test("a host that gets another address is known by that one, and the old one is nobody's", (t) => {
  const directory = new Directory();
  directory.place('crs', '192.0.2.2');
  directory.place('crs', '192.0.2.7');
  t.deepEqual(directory.realOf('tcp', { host: 'crs', port: 5061 }), { host: '192.0.2.7', port: 5061 });
  t.deepEqual(directory.nameOf('tcp', { host: '192.0.2.7', port: 1 }), { host: 'crs', port: 1 });
  t.deepEqual(directory.nameOf('tcp', { host: '192.0.2.2', port: 1 }), { host: '192.0.2.2', port: 1 });
  directory.place('alice-phone', '192.0.2.2');
  directory.place('crs', '192.0.2.8');
  t.deepEqual(directory.nameOf('udp', { host: '192.0.2.2', port: 1 }), { host: 'alice-phone', port: 1 });
});
