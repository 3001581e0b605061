/** Records of a deployment file: certificate, platforms, statements, roles, contacts, countries, disposal and markings. */
import { Fields } from '../language/fields.ts';
import { LIMITS } from '../language/limits.ts';
import type { Item, Reading } from '../language/reading.ts';
import { PLATFORMS } from '../language/screenplay.ts';
import type {
  ApprovedPlatform,
  DeclaredCertificate,
  DeclaredContact,
  DeclaredCountry,
  DeclaredDisposal,
  DeclaredRole,
  DeploymentFile,
  DeclaredStatement,
} from './deployment.ts';
import { placeOfEntry, readDay, readKeyed, readTexts } from './read-value.ts';
import { MEDIA, STATEMENTS, TIERS } from './words.ts';

/** The record of the certificate; one that lacks a field is none. */
export function readCertificate(reading: Reading, item: Item): DeclaredCertificate | undefined {
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const [number, product, version] = ['number', 'product', 'version'].map((key) =>
    fields.required(key, (each) => reading.text(each)),
  );
  const expires = fields.required('expires', (each) => readDay(reading, each));
  const revoked = fields.optional('revoked', (each) => readDay(reading, each));
  fields.finish();
  if (number === undefined || product === undefined || version === undefined || expires === undefined)
    return undefined;
  const base = { where: placeOfEntry(item), number, product, version, expires };
  return revoked === undefined ? base : { ...base, revoked };
}

/** Versions of platforms that were approved, in the order of the file. */
export function readPlatforms(reading: Reading, item: Item): readonly ApprovedPlatform[] {
  return (reading.list(item) ?? []).flatMap((entry) => {
    const fields = Fields.of(reading, entry);
    const platform = fields?.required('platform', (each) => reading.choice(each, PLATFORMS));
    const version = fields?.required('version', (each) => reading.text(each));
    const approved = fields?.required('approved', (each) => readDay(reading, each));
    const decision = fields?.required('decision', (each) => reading.text(each));
    fields?.finish();
    if (platform === undefined || version === undefined || approved === undefined || decision === undefined)
      return [];
    return [{ where: entry.where, platform, version, approved, decision }];
  });
}

/** What the emulator cannot show and the deployment states. */
export function readStatements(reading: Reading, item: Item): readonly DeclaredStatement[] {
  return readKeyed(reading, item, Object.keys(STATEMENTS), (name, each) => {
    const text = reading.text(each, { max: LIMITS.prose, lines: true });
    return text === undefined ? undefined : { name, where: placeOfEntry(each), text };
  });
}

/** Who has a role, by name, and who stands in. */
export function readRoles(reading: Reading, item: Item): readonly DeclaredRole[] {
  return reading.named(item, (name, each) => {
    const fields = Fields.of(reading, each);
    const people = fields?.required('people', (one) => readTexts(reading, one));
    const deputies = fields?.optional('deputies', (one) => readTexts(reading, one)) ?? [];
    fields?.finish();
    return people === undefined ? undefined : { name, where: placeOfEntry(each), people, deputies };
  });
}

/** Whom to tell. */
export function readContacts(reading: Reading, item: Item): readonly DeclaredContact[] {
  return reading.named(item, (name, each) => {
    const fields = Fields.of(reading, each);
    const person = fields?.required('person', (one) => reading.text(one));
    const reach = fields?.required('reach', (one) => reading.text(one));
    const deputy = fields?.optional('deputy', (one) => reading.text(one));
    fields?.finish();
    if (person === undefined || reach === undefined) return undefined;
    const base = { name, where: placeOfEntry(each), person, reach };
    return deputy === undefined ? base : { ...base, deputy };
  });
}

/** Notes, with references of permissions and threat notes, by names that the author chooses. */
export function readCountries(reading: Reading, item: Item): readonly DeclaredCountry[] {
  return reading.named(item, (name, each) => {
    const fields = Fields.of(reading, each);
    const note = fields?.required('note', (one) => reading.text(one, { max: LIMITS.prose, lines: true }));
    const permission = fields?.optional('permission', (one) => reading.text(one));
    const threat = fields?.optional('threat', (one) => reading.text(one));
    fields?.finish();
    if (note === undefined) return undefined;
    return {
      ...{ name, where: placeOfEntry(each), note },
      ...(permission === undefined ? {} : { permission }),
      ...(threat === undefined ? {} : { threat }),
    };
  });
}

/** How media are disposed of. */
export function readDisposal(reading: Reading, item: Item): readonly DeclaredDisposal[] {
  return readKeyed(reading, item, MEDIA, (name, each) => {
    const methods = readTexts(reading, each);
    return methods === undefined ? undefined : { name, where: placeOfEntry(each), methods };
  });
}

/** The highest tier that may be spoken of, and the marking of the system itself. */
export function readClassification(reading: Reading, item: Item): DeploymentFile['classification'] {
  const fields = Fields.of(reading, item);
  const ceiling = fields?.required('ceiling', (each) => reading.choice(each, TIERS));
  const system = fields?.required('system', (each) => reading.text(each));
  fields?.finish();
  if (ceiling === undefined || system === undefined) return undefined;
  return { where: placeOfEntry(item), ceiling, system };
}
