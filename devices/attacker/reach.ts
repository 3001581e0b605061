/**
 * What an attacker may use in one attack: what it holds, what the phone of a colluding user has at this moment, and what its own phones have.
 * A phone of its own goes on by itself: it fetches its packages month after month, and whatever it has by then is within reach.
 */
import type { Secret } from '../../sim/secret.ts';
import { readPhoneImage, secretOfPsk, secretOfUpdateKey, secretsOfKeys } from '../media/index.ts';
import { holdingsOfPhone, joined, NOTHING, secretsOf, type Holdings } from './holdings.ts';
import type { AttackStage } from './stage.ts';

/** All that may be used, and what of it is whose. */
export interface Reach {
  readonly held: Holdings;
  readonly colluder: { readonly name: string; readonly secrets: readonly Secret[] };
  /** What its own phones have, under the labels that their custody has. */
  readonly own: readonly Secret[];
}

/** What `name` can use now, who holds this and has this user for a friend. */
export function reachOf(
  stage: AttackStage,
  name: string,
  holdings: Holdings,
  colludes: string | undefined,
): Reach {
  const friend = colludes === undefined ? undefined : stage.handsetOf(colludes)?.extract();
  const images = stage.phonesOf(name).map((phone) => phone.extract());
  const theirs = friend === undefined ? NOTHING : holdingsOfPhone(friend);
  const lost = { erased: stage.erasedFor(name), ...stage.goneFor(name) };
  const own = images.map(holdingsOfPhone);
  const isMore = friend !== undefined || own.length > 0;
  const held = isMore ? joined(holdings, ...own, theirs) : holdings;
  const isLost = Object.values(lost).some((keys) => keys.length > 0);
  return {
    held: isLost ? { ...held, ...lost } : held,
    colluder: { name: colludes ?? '', secrets: secretsOf(theirs, colludes ?? '') },
    own: images.flatMap(secretsOn),
  };
}

function secretsOn(image: Uint8Array): readonly Secret[] {
  const { psks, userKeys, updateKeys, settings } = readPhoneImage(image);
  const number = settings.at(-1)?.value.number ?? '';
  return [
    ...userKeys.flatMap(({ value }) => secretsOfKeys(value)),
    ...psks.map(({ value }) => secretOfPsk(value, `${number} ${value.period}`)),
    ...updateKeys.map(({ value }) => secretOfUpdateKey(number, value)),
  ];
}

/** Links, devices and people that give an attacker what they have, from the beginning. */
export function sourcesOf({
  taps,
  controls,
  colludes,
}: {
  readonly taps: readonly { readonly name: string }[];
  readonly controls: string | undefined;
  readonly colludes: string | undefined;
}): readonly string[] {
  return [
    ...taps.map(({ name }) => name),
    ...(controls === undefined ? [] : [controls]),
    ...(colludes === undefined ? [] : [colludes]),
  ];
}
