/**
 * Ids of the page and links to them. An id is made of names that a user chose, so everything but letters, digits and dashes
 * is written as `_hex_`: different names never meet in one id, and no name can break out of an attribute.
 */
import { isResultPath, variantFolder } from '../paths.ts';

function word(name: string): string {
  return name.replace(/[^A-Za-z0-9-]/gu, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`);
}

function anchor(...names: readonly string[]): string {
  return names.map(word).join('/');
}

/** The id of a clause's row in the clause table. */
export const clauseAnchor = (clause: string): string => anchor('clause', clause);
/** The id of a modality's row among the counts of clauses; with the script it leads to these clauses alone. */
export const modalityAnchor = (modality: string): string => anchor('modality', modality);
/** The id of a scenario's heading, which its section is labelled by. */
export const scenarioAnchor = (scenario: string): string => anchor('scenario', scenario);
/** The id of a parameter's row among those in force. */
export const parameterAnchor = (parameter: string): string => anchor('parameter', parameter);

/** The id of a check of several variants together. */
export const acrossAnchor = (scenario: string, id: string): string => anchor('across', scenario, id);

/** The id of the picture of a path: of the words that name it, so that it is the same in the next report. */
export const pathAnchor = (
  scenario: string,
  path: Record<'capability' | 'asset' | 'attacker' | 'attack' | 'route', string>,
): string => anchor('exposed', scenario, path.attacker, path.capability, path.asset, path.attack, path.route);

/** The id of the lines that each lane of a picture shows again: no address, so it is short. */
export const linesId = (scenario: string, path: number, axis: number): string =>
  `lines-${word(scenario)}-${path}-${axis}`;

/** Ids inside one variant. */
export interface VariantAnchors {
  readonly variant: string;
  part(
    name:
      | 'timeline'
      | 'procedures'
      | 'score'
      | 'exposure'
      | 'checks'
      | 'messages'
      | 'calls'
      | 'typed'
      | 'evidence'
      | 'facts',
  ): string;
  check(id: string): string;
  event(n: number): string;
  /** Of a message of the ladder, by its event. */
  message(n: number): string;
}

/** What all ids of a run have in them behind their kind, and no other id has. */
export const anchorOfRun = (scenario: string, variant: string): string => anchor(scenario, variant);

/** All ids within one run's part of the page; each has the scenario and the variant in it, so runs never share one. */
export function variantAnchors(scenario: string, variant: string): VariantAnchors {
  return {
    variant: anchor('variant', scenario, variant),
    part: (name) => anchor(name, scenario, variant),
    check: (id) => anchor('check', scenario, variant, id),
    event: (n) => anchor('event', scenario, variant, String(n)),
    message: (n) => anchor('message', scenario, variant, String(n)),
  };
}

/** The names that place a check: of a variant, of several of a scenario, or of neither. */
interface NamedCheck {
  readonly scenario?: { readonly id: string };
  readonly variant?: { readonly name: string };
  readonly check: { readonly id: string };
}

/** The id of a check, of a run, of several or of the deployment. */
export function checkAnchor({ scenario, variant, check }: NamedCheck): string {
  if (scenario === undefined) return anchor('deployment', check.id);
  return variant === undefined
    ? acrossAnchor(scenario.id, check.id)
    : variantAnchors(scenario.id, variant.name).check(check.id);
}

/** The address of a file of a run, relative to index.html; undefined when its path does not stay in the folder. */
export function fileHref(scenario: string, variant: string, file: string): string | undefined {
  const path = `${variantFolder(scenario, variant)}/${file}`;
  return isResultPath(path) ? path.split('/').map(encodeURIComponent).join('/') : undefined;
}
