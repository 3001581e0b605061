/** What a phone lacks of the keys of a month, by what is in its storage now: none ever came, or they were erased. */
import type { Trace } from '../../sim/trace.ts';
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import type { ReachedHandset } from '../handset/index.ts';
import { readPhoneImage } from '../media/index.ts';
import type { Reason } from '../reason.ts';
import { isOfMonth } from './holdings.ts';

/** Empty when it has the PSK and the keys of the user for that month. What it can find no more does not count. */
export function lackingOn(
  phone: Pick<ReachedHandset, 'name' | 'extract'>,
  { events }: Trace,
  { number, period }: { readonly number: TelNumber; readonly period: Period },
): readonly Reason[] {
  const { psks, userKeys } = readPhoneImage(phone.extract());
  const hasPsk = psks.some(({ remnant, value }) => !remnant && isOfMonth(value, period));
  const hasKeys = userKeys.some(
    ({ remnant, value }) => !remnant && value.period === period && value.number === number,
  );
  const wasErased = (kind: 'PSK' | 'SSK'): boolean =>
    events.some(
      (event) =>
        event.type === 'custody.erased' &&
        event.data.from === phone.name &&
        event.data.secrets.some((secret) => secret.kind === kind && secret.owner === `${number} ${period}`),
    );
  return [
    ...(hasPsk ? [] : [wasErased('PSK') ? ('erased' as const) : ('no-psk' as const)]),
    ...(hasKeys ? [] : [wasErased('SSK') ? ('erased' as const) : ('no-ssk' as const)]),
  ];
}
