/**
 * The loader of deployment files: text in, checked deployment out, or all its problems at once. It reads as scenarios are read, with the
 * same YAML and the same codes.
 */
import { createHash } from 'node:crypto';
import { treeOf } from '../language/document.ts';
import { ScreenplayError, type Settings, type Vocabulary } from '../language/index.ts';
import { Fields } from '../language/fields.ts';
import { LIMITS } from '../language/limits.ts';
import { Reading, type Item } from '../language/reading.ts';
import { readSettings } from '../language/settings.ts';
import type { Where } from '../../sim/errors.ts';
import type { DeploymentFile } from './deployment.ts';
import {
  readCertificate,
  readClassification,
  readContacts,
  readCountries,
  readDisposal,
  readPlatforms,
  readRoles,
  readStatements,
} from './read-records.ts';
import { readReferences } from './read-reference.ts';
import { readTargets } from './read-target.ts';
import { placeOfEntry, readDay } from './read-value.ts';
import { readWaivers } from './read-waiver.ts';

/** What a deployment file may name that only other rooms know. */
export type DeploymentWords = Pick<Vocabulary, 'parameters' | 'clauses' | 'parts'>;

/** The first line that is neither empty, a comment nor the mark of a document, where it is the first key of a deployment file. */
const FIRST_KEY = /^\uFEFF?(?:[ \t]*(?:#.*)?\r?\n|---[ \t]*\r?\n)*deployment[ \t]*:/;

/** Whether a file means to be a deployment: its first key says so. What else is wrong with it is found when it is read. */
export function isDeployment(text: string): boolean {
  return FIRST_KEY.test(text);
}

/** Reads a deployment file. Throws a {@link ScreenplayError} with every problem, each with file, line and column. */
export function loadDeployment(text: string, file: string, words: DeploymentWords): DeploymentFile {
  const { root, problems, whereAt } = treeOf(text, file);
  const reading = new Reading(whereAt, problems);
  const read =
    root === undefined
      ? undefined
      : readDeployment(reading, words, reading.item(root, 'the deployment', whereAt(0)));
  if (read === undefined || reading.problems.length > 0) throw refusal(file, reading);
  return { ...read, file, text, sha256: createHash('sha256').update(text).digest('hex') };
}

function readDeployment(
  reading: Reading,
  words: DeploymentWords,
  item: Item,
): Omit<DeploymentFile, 'file' | 'text' | 'sha256'> | undefined {
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const section = <Value>(key: string, read: (reading: Reading, item: Item) => Value): Value | undefined =>
    fields.optional(key, (each) => read(reading, each));
  const name = fields.required('deployment', (each) => reading.name(each));
  const title = fields.optional('title', (each) => reading.text(each));
  const validOn = fields.required('valid-on', (each) => readDay(reading, each));
  const parameters = section('parameters', (_, each) => readValues(reading, words, each));
  const targets = section('targets', readTargets) ?? [];
  const references = section('references', readReferences) ?? [];
  const waivers = section('waivers', (_, each) => readWaivers(reading, words, each)) ?? [];
  const certificate = section('certificate', readCertificate);
  const platforms = section('platforms', readPlatforms) ?? [];
  const statements = section('declared', readStatements) ?? [];
  const roles = section('roles', readRoles) ?? [];
  const contacts = section('contacts', readContacts) ?? [];
  const countries = section('countries', readCountries) ?? [];
  const disposal = section('disposal', readDisposal) ?? [];
  const classification = section('classification', readClassification);
  fields.finish();
  if (name === undefined || validOn === undefined) return undefined;
  return {
    ...{ name, where: item.where, validOn },
    ...(title === undefined ? {} : { title }),
    ...{ parameters: parameters?.values ?? {}, parameterPlaces: parameters?.places ?? new Map() },
    ...{ targets, references, waivers, platforms, statements, roles, contacts, countries, disposal },
    ...(certificate === undefined ? {} : { certificate }),
    ...(classification === undefined ? {} : { classification }),
  };
}

function readValues(
  reading: Reading,
  { parameters }: DeploymentWords,
  item: Item,
): { readonly values: Settings; readonly places: ReadonlyMap<string, Where> } | undefined {
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const values = readSettings(reading, fields, parameters);
  const places = new Map(
    Object.keys(values).flatMap((name) => {
      const given = fields.item(name);
      return given === undefined ? [] : [[name, placeOfEntry(given)] as const];
    }),
  );
  fields.finish('SCENARIO_UNKNOWN_PARAMETER');
  return { values, places };
}

/** The problems in the order of the file, as many as are worth reading. */
function refusal(file: string, { problems }: Reading): ScreenplayError {
  const place = ({ where }: { readonly where: Where }): number =>
    (where.line ?? 0) * 1e6 + (where.column ?? 0);
  return new ScreenplayError(
    file,
    problems.toSorted((a, b) => place(a) - place(b)).slice(0, LIMITS.problems),
  );
}
