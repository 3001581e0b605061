/** References of a deployment file: what is said of each hangs on whether it is held. */
import { REFERENCES } from '../catalogue/references.ts';
import { Fields } from '../language/fields.ts';
import type { Item, Reading } from '../language/reading.ts';
import type { DeclaredReference } from './deployment.ts';
import { placeOfEntry, readKeyed } from './read-value.ts';
import { STATUSES } from './words.ts';

/** Keys that one status needs and no other takes. */
const OF_STATUS: Readonly<Record<DeclaredReference['status'], readonly ('issue' | 'kept' | 'assumption')[]>> =
  {
    held: ['issue', 'kept'],
    public: [],
    'not-obtainable': ['assumption'],
  };

/** All of them by their letters. */
export function readReferences(reading: Reading, item: Item): readonly DeclaredReference[] {
  return readKeyed(reading, item, Object.keys(REFERENCES), (name, each) => {
    const fields = Fields.of(reading, each);
    if (fields === undefined) return undefined;
    const title = fields.required('title', (one) => reading.text(one));
    const status = fields.required('status', (one) => reading.choice(one, STATUSES));
    const text = (key: 'issue' | 'kept' | 'assumption'): string | undefined => {
      if (status !== undefined && OF_STATUS[status].includes(key))
        return fields.required(key, (one) => reading.text(one));
      const given = fields.item(key);
      if (given !== undefined && status !== undefined)
        reading.problem(
          'SCENARIO_KEY_CONFLICT',
          given.key ?? given.where,
          `a reference that is ${status} has no '${key}'`,
          'Leave it out, or give the status that it goes with.',
        );
      return undefined;
    };
    const [issue, kept, assumption] = [text('issue'), text('kept'), text('assumption')];
    const reason = fields.optional('reason', (one) => reading.text(one));
    fields.finish();
    if (title === undefined || status === undefined) return undefined;
    return {
      ...{ name, where: placeOfEntry(each), title, status },
      ...(issue === undefined ? {} : { issue }),
      ...(kept === undefined ? {} : { kept }),
      ...(assumption === undefined ? {} : { assumption }),
      ...(reason === undefined ? {} : { reason }),
    };
  });
}
