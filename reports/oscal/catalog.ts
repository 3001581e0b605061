/**
 * The catalogue as an OSCAL catalog, and what calldrill can show of it as a component definition. Both are the same for all results with the same
 * clauses: there is no verdict in either.
 */
import type { JsonValue } from '../../sim/canonical-json.ts';
import type { ClauseResult, SuiteResult } from '../../scenarios/evidence/model.ts';
import {
  namingOf,
  NO_TIME,
  OSCAL_FILES,
  oscalDocument,
  propsOf,
  someOf,
  tokenOf,
  word,
  type OscalVersion,
} from './document.ts';

/** The id of what a clause says: what findings are about. */
export function statementOf(clause: string): string {
  return `${tokenOf(clause)}_smt`;
}

/** `oscal-catalog.json`: each clause a control, its checks and their parts its objectives. */
export function catalogJson({ tool, clauses }: SuiteResult, version: OscalVersion): string {
  return oscalDocument(
    {
      root: 'catalog',
      title: 'Clauses of the security procedures',
      ...{ version, tool, modified: NO_TIME },
      remarks: 'Each clause in other words than those of the source document.',
    },
    {
      groups: someOf(
        clauses.length === 0
          ? []
          : [{ id: 'clauses', title: 'Clauses', controls: clauses.map((clause) => controlOf(clause)) }],
      ),
    },
  );
}

function controlOf({ id, paraphrase, modality, class: kind, checks }: ClauseResult): JsonValue {
  return {
    id: tokenOf(id),
    class: tokenOf(kind),
    title: word(id),
    props: propsOf([
      ['label', id],
      ['modality', modality],
    ]),
    parts: [
      { id: statementOf(id), name: 'statement', prose: word(paraphrase) },
      ...checks.map((check) => ({
        id: tokenOf(check.id),
        name: 'assessment-objective',
        props: propsOf([['stance', check.stance]]),
        parts: someOf(
          check.parts.map((part) => ({
            id: tokenOf(part.id),
            name: 'assessment-objective',
            props: propsOf([
              ['shown-by', part.by],
              ['outcome', part.outcome],
              ['reason', part.reason],
            ]),
            prose: word(part.what),
          })),
        ),
      })),
    ],
  };
}

/** `oscal-component-definition.json`: calldrill as what validates; it implements nothing for anybody. */
export function componentJson({ tool, clauses }: SuiteResult, version: OscalVersion): string {
  const named = namingOf({
    ...{ document: 'component-definition', version, tool },
    clauses: clauses.map(({ id, checks }) => ({
      id,
      checks: checks.map((check) => ({ id: check.id, parts: check.parts.map((part) => part.id) })),
    })),
  });
  const requirements = clauses.map(({ id, checks }) => ({
    uuid: named('requirement', id),
    'control-id': tokenOf(id),
    description:
      checks.length === 0
        ? 'It has no check: calldrill shows nothing of it.'
        : `It can be tried by ${checks.map((check) => `${word(check.id)} (${check.stance}, ${check.parts.length} parts)`).join(', ')}. Whether it was, and what came of it, is in the assessment results.`,
  }));
  return oscalDocument(
    {
      root: 'component-definition',
      title: 'What calldrill can show',
      ...{ version, tool, modified: NO_TIME },
      remarks: 'An emulated system with real algorithms; it says nothing of the code of a product.',
    },
    {
      components: [
        {
          ...{ uuid: named('component'), type: 'validation', title: word(tool) },
          description:
            'A testbed that drills the security procedures of an emulated secure-voice system. It is no part of a system and implements no control.',
          'control-implementations': someOf(
            requirements.length === 0
              ? []
              : [
                  {
                    ...{ uuid: named('implementation'), source: `./${OSCAL_FILES.catalog}` },
                    description: 'What can be tried of each clause.',
                    'implemented-requirements': requirements,
                  },
                ],
          ),
        },
      ],
    },
  );
}
