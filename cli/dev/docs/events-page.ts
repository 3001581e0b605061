/** `docs/events.md`: the types of trace events, their fields and what each means, from the groups that devices and worlds declare. */
import type { DeviceKinds } from '../../../devices/kind.ts';
import { eventGroupsOf } from '../../../scenarios/world/index.ts';
import { page, table } from './markdown.ts';

/** The page of worlds with devices of these kinds. */
export function eventsPage(kinds: DeviceKinds): string {
  return page(
    'Events of the trace',
    'What a scenario may name in [moments](scenario-language.md#moments) and [expectations](scenario-language.md#expectations). ' +
      'Besides the fields given here every event has `on`, which can be tested like a field. `from`, `to`, `user` and `peer` are ' +
      'names of users (in custody events of whoever has secrets), `number` is a phone number, `period` and `month` are months such as `"2015-10"`.',
    'Fields that hold lists (`lines`, `months`, `periods`, `users` of a disc, `means`, `insertions`, `userKeys`, `secrets`) cannot be tested; ' +
      'use the count beside them. Secrets are labels such as `RSK(+447700900001 2015-10)#5be1c9d0`.',
    '[formats.md](formats.md#trace) says how events are stored.',
    ...eventGroupsOf(kinds).map(({ title, where, events }) => [
      `## ${title}`,
      '',
      where,
      '',
      table(
        ['Type', 'Fields', 'What happened'],
        Object.entries(events).map(([type, { fields, meaning }]) => [
          `\`${type}\``,
          fields.length === 0 ? 'none' : fields.map((field) => `\`${field}\``).join(', '),
          meaning,
        ]),
      ),
    ]),
  );
}
