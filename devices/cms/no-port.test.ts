/**
 * para-16-b1, as the compiler sees it: nothing that a CMS is given, or lets anybody have, is a network. The types are asked, so that a port which is added
 * some day does not compile; and the question itself is asked of a device that has one, so that it can be seen to answer.
 */
import test from 'ava';
import type { Attachment, DatagramSocket, Listener, Stream } from '../../network/fabric.ts';
import type { HandsetOptions } from '../handset/handset-options.ts';
import type { Ports } from '../ports.ts';
import type { Cms } from './cms.ts';
import type { CmsOptions } from './options.ts';

/** Whatever octets go through, or come from. */
type Network = Attachment | DatagramSocket | Listener | Stream;

/** Names of what is a network, or makes or takes one, one step down as well; never for nothing of the kind. */
type Networked<Thing> = {
  [Key in keyof Thing]-?: NonNullable<Thing[Key]> extends Network
    ? Key
    : NonNullable<Thing[Key]> extends (...given: infer Given) => infer Result
      ? [Extract<Given[number] | NonNullable<Result>, Network>] extends [never]
        ? never
        : Key
      : NonNullable<Thing[Key]> extends Network | { readonly attachment: unknown }
        ? Key
        : never;
}[keyof Thing];

/** Compiles for `never` alone. */
type Offline<Names extends never> = Names;

interface Nothing {
  readonly ports: Offline<Networked<Ports>>;
  readonly options: Offline<Networked<CmsOptions>>;
  readonly cms: Offline<Networked<Cms>>;
}

/** Two arguments, and neither is a network. */
type TakesTwo = ConstructorParameters<typeof Cms>['length'];

test('no port of a CMS is a network, and the question would find one', (t) => {
  const none: readonly Nothing[] = [];
  t.deepEqual(none, []);
  const two: TakesTwo = 2;
  t.is(two, 2);
  const found: Networked<HandsetOptions> = 'attachment';
  t.is(found, 'attachment');
  // @ts-expect-error a phone has one, so this does not compile
  const refused: Offline<Networked<HandsetOptions>>[] = [];
  t.deepEqual(refused, []);
});
